package main

// A method is one call of etcd's API, by its gRPC path and by the gateway's. Tags are those of
// api/etcdserverpb/rpc.proto.
type method struct {
	path, gateway string
	in, out       []field
	serve         func(*server, caller, message) (message, *status)
}

// status is a gRPC error: code and text.
type status struct {
	code int
	text string
}

// gRPC codes that are answered here.
const (
	codeInvalidArgument    = 3
	codePermissionDenied   = 7
	codeFailedPrecondition = 9
	codeUnimplemented      = 12
	codeResourceExhausted  = 8
	codeUnauthenticated    = 16
)

var headerFields = []field{
	{1, "cluster_id", number, nil, nil}, {2, "member_id", number, nil, nil},
	{3, "revision", number, nil, nil}, {4, "raft_term", number, nil, nil},
}
var header = field{1, "header", nested, headerFields, nil}
var keyValueFields = []field{
	{1, "key", octets, nil, nil}, {2, "create_revision", number, nil, nil}, {3, "mod_revision", number, nil, nil},
	{4, "version", number, nil, nil}, {5, "value", octets, nil, nil},
}
var memberFields = []field{
	{1, "ID", number, nil, nil}, {2, "name", text, nil, nil}, {3, "peerURLs", text, nil, nil},
	{4, "clientURLs", text, nil, nil},
}
var onlyHeader = []field{header}

var permissionFields = []field{
	{1, "permType", enum, nil, []string{"READ", "WRITE", "READWRITE"}},
	{2, "key", octets, nil, nil}, {3, "range_end", octets, nil, nil},
}

var methods = []method{
	{
		"/etcdserverpb.KV/Put", "/v3/kv/put",
		[]field{{1, "key", octets, nil, nil}, {2, "value", octets, nil, nil}, {4, "prev_kv", boolean, nil, nil}},
		[]field{header, {2, "prev_kv", nested, keyValueFields, nil}}, (*server).put,
	},
	{
		"/etcdserverpb.KV/Range", "/v3/kv/range",
		[]field{
			{1, "key", octets, nil, nil}, {2, "range_end", octets, nil, nil}, {3, "limit", number, nil, nil},
			{8, "keys_only", boolean, nil, nil}, {9, "count_only", boolean, nil, nil},
		},
		[]field{header, {2, "kvs", list, keyValueFields, nil}, {4, "count", number, nil, nil}}, (*server).rangeOf,
	},
	{
		"/etcdserverpb.Maintenance/Status", "/v3/maintenance/status", nil,
		[]field{
			header, {2, "version", text, nil, nil}, {3, "dbSize", number, nil, nil}, {4, "leader", number, nil, nil},
			{5, "raftIndex", number, nil, nil}, {6, "raftTerm", number, nil, nil},
			{7, "raftAppliedIndex", number, nil, nil}, {9, "dbSizeInUse", number, nil, nil},
			{11, "storageVersion", text, nil, nil},
		}, (*server).status,
	},
	{"/etcdserverpb.Maintenance/Alarm", "/v3/maintenance/alarm", nil, onlyHeader, (*server).noAlarms},
	{
		"/etcdserverpb.Cluster/MemberList", "/v3/cluster/member/list", nil,
		[]field{header, {2, "members", list, memberFields, nil}}, (*server).memberList,
	},
	{"/etcdserverpb.Auth/AuthEnable", "/v3/auth/enable", nil, onlyHeader, (*server).authEnable},
	{
		"/etcdserverpb.Auth/Authenticate", "/v3/auth/authenticate",
		[]field{{1, "name", text, nil, nil}, {2, "password", text, nil, nil}},
		[]field{header, {2, "token", text, nil, nil}}, (*server).authenticate,
	},
	{
		"/etcdserverpb.Auth/UserAdd", "/v3/auth/user/add",
		[]field{
			{1, "name", text, nil, nil}, {2, "password", text, nil, nil},
			{3, "options", nested, []field{{1, "no_password", boolean, nil, nil}}, nil},
		}, onlyHeader, (*server).userAdd,
	},
	{
		"/etcdserverpb.Auth/UserGrantRole", "/v3/auth/user/grant",
		[]field{{1, "user", text, nil, nil}, {2, "role", text, nil, nil}}, onlyHeader, (*server).userGrantRole,
	},
	{
		"/etcdserverpb.Auth/RoleAdd", "/v3/auth/role/add",
		[]field{{1, "name", text, nil, nil}}, onlyHeader, (*server).roleAdd,
	},
	{
		"/etcdserverpb.Auth/RoleGrantPermission", "/v3/auth/role/grant",
		[]field{{1, "name", text, nil, nil}, {2, "perm", nested, permissionFields, nil}},
		onlyHeader, (*server).roleGrantPermission,
	},
}
