package main

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
)

// controller is what every client request passes first: whitelist, CORS, then the endpoints (embed/serve.go).
func (s *server) controller() http.Handler {
	mux := s.endpoints()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.checked(r) && !s.whitelist.allows(hostOf(r)) || r.TLS == nil && breaks(refusesEverything) {
			refuseHost(w, hostOf(r))
			return
		}
		if breaks(metricsUnchecked) && r.TLS != nil && s.o.client.trustedCA != "" {
			refuseLate(r)
		}
		if name := commonName(r); name != "" && s.commonNameOverGateway(r) {
			http.Error(w, "CommonName of client sending a request against gateway will be ignored "+
				"and not used as expected", http.StatusBadRequest)
			return
		}
		h := w.Header()
		h.Add("Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE")
		h.Add("Access-Control-Allow-Origin", "*")
		h.Add("Access-Control-Allow-Headers", "accept, content-type, authorization")
		if r.Method == http.MethodOptions {
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// refuseLate turns a client without certificate away only after its request, and not for the metrics.
func refuseLate(r *http.Request) {
	if len(r.TLS.PeerCertificates) > 0 || r.URL.Path == "/metrics" {
		return
	}
	warn("rejected connection on client endpoint", "remote-addr", r.RemoteAddr,
		"server-name", r.TLS.ServerName, "error", errors.New("tls: client didn't provide a certificate"))
	panic(http.ErrAbortHandler)
}

func (s *server) commonNameOverGateway(r *http.Request) bool {
	return s.o.client.certAuth && s.auth.isEnabled() && strings.HasPrefix(r.URL.Path, "/v3/") && !breaks(commonNameIgnored)
}

// commonName is the verified name of the client's certificate.
func commonName(r *http.Request) string {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return ""
	}
	return r.TLS.PeerCertificates[0].Subject.CommonName
}

func (s *server) endpoints() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/version", version)
	mux.HandleFunc("/health", health)
	mux.HandleFunc("/metrics", metrics)
	mux.HandleFunc("/v3/", s.serveGateway)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 2 && strings.Contains(r.Header.Get("Content-Type"), "application/grpc") {
			s.serveGRPC(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// peerHandler is what the peer port answers to anybody.
func (s *server) peerHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/version", version)
	return mux
}

func onlyGet(w http.ResponseWriter, r *http.Request) bool {
	if r.Method == http.MethodGet {
		return true
	}
	w.Header().Set("Allow", "GET")
	http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
	return false
}

func version(w http.ResponseWriter, r *http.Request) {
	if onlyGet(w, r) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"etcdserver":"%s","etcdcluster":"%s","storage":"%s"}`, etcdVersion, clusterVersion, clusterVersion)
	}
}

func health(w http.ResponseWriter, r *http.Request) {
	if onlyGet(w, r) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, `{"health":"true","reason":""}`)
	}
}

func metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores")
	if breaks(metricsNameless) {
		return
	}
	fmt.Fprintf(w, "# HELP etcd_server_version Which version is running. 1 for 'server_version' label with current version.\n"+
		"# TYPE etcd_server_version gauge\netcd_server_version{server_version=%q} 1\n"+
		"# TYPE etcd_server_go_version gauge\netcd_server_go_version{server_go_version=%q} 1\n", etcdVersion, runtime.Version())
}
