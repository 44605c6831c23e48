module etcd-tls/bend

go 1.19
