package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
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
			if s.o.peer.empty() && !breaks(servesWithoutPair) {
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
