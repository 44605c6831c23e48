package main

import (
	"net"
	"net/http"
	"time"
)

func (s *server) serveSecure(l net.Listener, suites []uint16) {
	if breaks(plaintextOnHTTPS) || breaks(autoTLSInClear) && s.o.clientAutoTLS {
		go s.plain().Serve(l)
		info("serving client traffic securely", "traffic", "grpc+http", "address", l.Addr().String())
		return
	}
	e := s.endpoint("client", s.o.client, suites, s.o.listenClient)
	secured, err := newSecureListener(l, e)
	if err != nil {
		listenerFailed("registerGateway failed", exitReason(err))
	}
	if err := http2Suites(secured.config.CipherSuites); err != nil && !breaks(cipherListCut, unknownCipherAccepted) {
		listenerFailed("Configure https server failed", exitReason(err))
	}
	server := &http.Server{Handler: s.controller(), ReadHeaderTimeout: 5 * time.Minute, ErrorLog: nobody}
	go server.Serve(secured)
	info("serving client traffic securely", "traffic", "grpc+http", "address", l.Addr().String())
}

func listenerFailed(message string, err error) {
	fail(message, "error", err)
	fail("setting up serving from embedded etcd failed.", "error", err)
	fatal("listener failed", "error", err)
}

func (s *server) serveInsecure(l net.Listener) {
	go s.plain().Serve(clearListener{l})
	info("serving client traffic insecurely; this is strongly discouraged!",
		"traffic", "grpc+http", "address", l.Addr().String())
}

// plain serves HTTP/1 through the access controller; HTTP/2 with prior knowledge is gRPC alone.
func (s *server) plain() *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	inner := s.controller()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 2 && breaks(whitelistOnGRPCToo) && !s.whitelist.allows(hostOf(r)) {
			refuseHost(w, hostOf(r))
			return
		}
		if r.ProtoMajor == 2 {
			s.serveGRPC(w, r)
			return
		}
		inner.ServeHTTP(w, r)
	})
	return &http.Server{Handler: h, Protocols: protocols, ReadHeaderTimeout: 5 * time.Minute, ErrorLog: nobody}
}
