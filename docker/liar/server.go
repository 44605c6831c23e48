package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// server is the whole process: options, keys, users and its listeners.
type server struct {
	o         options
	store     *store
	auth      *auth
	whitelist whitelist
}

func newServer(o options) *server {
	return &server{o: o, store: newStore(), auth: newAuth(o.client.certAuth), whitelist: newWhitelist(o.whitelist)}
}

// start brings the listeners up in etcd's order (embed/etcd.go), so that what is wrong is told by the same
// lines: first both listeners are configured, then the member is ready, then the client pair is read.
func (s *server) start() {
	suites, err := suiteIDs(s.o.suites)
	if err != nil {
		fatal("discovery failed", "error", exitReason(err))
	}
	peers := s.listenPeers(suites)
	clients := s.listenClients()
	for _, l := range peers {
		info("serving peer traffic", "address", l.Addr().String())
		go http.Serve(l, s.peerHandler())
	}
	for i, u := range s.o.listenClient {
		info("ready to serve client requests")
		if secure(u) {
			s.serveSecure(clients[i], suites)
		} else {
			s.serveInsecure(clients[i])
		}
	}
}

func secure(u *url.URL) bool { return u.Scheme == "https" }

func exitReason(err error) error {
	if breaks(otherExitReason) {
		return fmt.Errorf("listen tcp: bind: address already in use")
	}
	return err
}

func (s *server) endpoint(word string, files tlsFiles, suites []uint16, urls []*url.URL) *endpoint {
	return &endpoint{
		word: word, files: files, suites: suites, standIn: standIn(urls),
		min: tlsVersions[s.o.minTLS], max: tlsVersions[s.o.maxTLS],
	}
}

func (s *server) listenPeers(suites []uint16) (listeners []net.Listener) {
	if s.o.peerAutoTLS && s.o.peer.empty() {
		s.o.peer = automatic(s.o, "peer", s.o.listenPeer)
	}
	e := s.endpoint("peer", s.o.peer, suites, s.o.listenPeer)
	for _, u := range s.o.listenPeer {
		l := listen(u)
		if secure(u) {
			if s.o.peer.empty() {
				s.peerFailed(fmt.Errorf("cannot listen on TLS for %s: KeyFile and CertFile are not presented", u.Host))
			}
			secured, err := newSecureListener(l, e)
			if err != nil {
				s.peerFailed(err)
			}
			l = secured
		} else if !s.o.peer.empty() {
			warn("scheme is HTTP while key and cert files are present; ignoring key and cert files", "peer-url", u.String())
			// etcd dials its peers with the pair and reads it for that even then.
			if _, err := e.pair(); err != nil {
				fail("bootstrap failed", "error", exitReason(err))
				fatal("discovery failed", "error", exitReason(err))
			}
		}
		listeners = append(listeners, l)
	}
	return listeners
}

func (s *server) peerFailed(err error) {
	fail("creating peer listener failed", "error", exitReason(err))
	fatal("discovery failed", "error", exitReason(err))
}

func (s *server) listenClients() (listeners []net.Listener) {
	if s.o.clientAutoTLS && s.o.client.empty() {
		s.o.client = automatic(s.o, "client", s.o.listenClient)
	}
	for _, u := range s.o.listenClient {
		if !secure(u) && !s.o.client.empty() {
			warn("scheme is http or unix while key and cert files are present; ignoring key and cert files",
				"client-url", u.String())
		}
		if !secure(u) && s.o.client.certAuth {
			warn("scheme is http or unix while --client-cert-auth is enabled; ignoring client cert auth for this URL",
				"client-url", u.String())
		}
		if secure(u) && s.o.client.empty() && !breaks(servesWithoutPair) {
			fatal("discovery failed", "error", exitReason(fmt.Errorf("TLS key/cert (--cert-file, --key-file) "+
				"must be provided for client url %s with HTTPS scheme", u)))
		}
	}
	for _, u := range s.o.listenClient {
		listeners = append(listeners, lying(listen(u)))
	}
	return listeners
}

func listen(u *url.URL) net.Listener {
	l, err := net.Listen("tcp", u.Host)
	if err != nil {
		fatal("discovery failed", "error", err)
	}
	return l
}

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
	if err := http2Suites(secured.config.CipherSuites); err != nil && !breaks(cipherListCut) {
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
		if r.ProtoMajor == 2 {
			s.serveGRPC(w, r)
			return
		}
		inner.ServeHTTP(w, r)
	})
	return &http.Server{Handler: h, Protocols: protocols, ReadHeaderTimeout: 5 * time.Minute, ErrorLog: nobody}
}
