module etcd-tls/init

go 1.21
