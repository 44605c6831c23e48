module etcd-tls/liar

go 1.26
