package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// httpStatus is the gateway's HTTP status for a gRPC code.
var httpStatus = map[int]int{
	codeInvalidArgument:    http.StatusBadRequest,
	codePermissionDenied:   http.StatusForbidden,
	codeFailedPrecondition: http.StatusBadRequest,
	codeUnauthenticated:    http.StatusUnauthorized,
	codeResourceExhausted:  http.StatusTooManyRequests,
	codeUnimplemented:      http.StatusNotImplemented,
	5:                      http.StatusNotFound,
}

// serveGateway answers the JSON form of the API under /v3/.
func (s *server) serveGateway(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for _, m := range methods {
		if m.gateway != r.URL.Path {
			continue
		}
		if r.Method != http.MethodPost {
			answerError(w, &status{codeUnimplemented, "Method Not Allowed"})
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, 2<<20))
		var raw map[string]json.RawMessage
		if err == nil && len(body) > 0 {
			err = json.Unmarshal(body, &raw)
		}
		in, wrong := fromJSON(raw, m.in)
		if err != nil || wrong != nil {
			answerError(w, &status{codeInvalidArgument, "unexpected EOF"})
			return
		}
		out, failed := m.serve(s, caller{token: r.Header.Get("Authorization")}, in)
		if failed != nil {
			answerError(w, failed)
			return
		}
		w.Header().Set("Grpc-Metadata-Content-Type", "application/grpc")
		fmt.Fprint(w, toJSON(out, m.out))
		return
	}
	answerError(w, &status{5, "Not Found"})
}

func answerError(w http.ResponseWriter, failed *status) {
	w.WriteHeader(httpStatus[failed.code])
	fmt.Fprintf(w, `{"code":%d,"message":%q}`, failed.code, failed.text)
}
