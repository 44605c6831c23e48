package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"sync/atomic"
	"time"
)

const handshakeLimit = 10 * time.Second

// secureListener hands out connections whose handshake is done, and logs the others, as etcd's does.
type secureListener struct {
	net.Listener
	endpoint *endpoint
	config   *tls.Config
	accepted chan net.Conn
	ended    chan error
	refused  atomic.Int32
}

func newSecureListener(l net.Listener, e *endpoint) (*secureListener, error) {
	config, err := e.config()
	if err != nil {
		return nil, err
	}
	s := &secureListener{Listener: l, endpoint: e, config: config, accepted: make(chan net.Conn), ended: make(chan error, 1)}
	go s.acceptAll()
	return s, nil
}

func (l *secureListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.accepted:
		return c, nil
	case err := <-l.ended:
		return nil, err
	}
}

func (l *secureListener) acceptAll() {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			l.ended <- err
			return
		}
		go l.shake(c)
	}
}

// shake does one handshake. On refusal the order is etcd's: alert, log line, close.
func (l *secureListener) shake(raw net.Conn) {
	wire := &alertConn{Conn: raw}
	conn := tls.Server(wire, l.configFor(wire))
	conn.SetDeadline(time.Now().Add(handshakeLimit))
	err := conn.Handshake()
	wire.done.Store(true)
	if err == nil {
		err = l.afterwards(conn)
	}
	if err != nil {
		logRejected(l.endpoint.word, conn, err)
		raw.Close()
		l.refusedOne(err)
		return
	}
	conn.SetDeadline(time.Time{})
	l.accepted <- conn
}

func (l *secureListener) configFor(wire *alertConn) *tls.Config {
	switch {
	case breaks(closesSilently):
		wire.swallow = true
	case breaks(otherAlert):
		wire.instead = internalError
	case breaks(refusesThenServes) && l.refused.Load() > 0:
		open := l.config.Clone()
		open.ClientAuth = tls.NoClientCert
		return open
	case !verifiesItself() || l.config.ClientAuth != tls.RequireAnyClientCert:
		return l.config
	}
	c := l.config.Clone()
	c.KeyLogWriter = keyLog{wire}
	if c.ClientAuth == tls.RequireAnyClientCert {
		c.VerifyPeerCertificate = func(raw [][]byte, _ [][]*x509.Certificate) error {
			err := verifyClient(c.ClientCAs, raw)
			if err != nil {
				wire.instead = alertFor(err)
			}
			return err
		}
	}
	return c
}

// afterwards refuses a finished handshake without a word to the client.
func (l *secureListener) afterwards(conn *tls.Conn) error {
	if !breaks(closesAfterHandshake) || l.config.ClientAuth != tls.RequestClientCert {
		return nil
	}
	var raw [][]byte
	for _, c := range conn.ConnectionState().PeerCertificates {
		raw = append(raw, c.Raw)
	}
	return verifyClient(l.config.ClientCAs, raw)
}

func (l *secureListener) refusedOne(err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	l.refused.Add(1)
	if l.config.ClientAuth != tls.NoClientCert {
		dieAfterRefusal()
	}
}

func dieAfterRefusal() {
	if breaks(healthDies) {
		os.Exit(1)
	}
}

func logRejected(word string, conn *tls.Conn, err error) {
	// etcd logs an early end of the connection for debugging only.
	if errors.Is(err, io.EOF) || breaks(logsNothing) {
		return
	}
	from := conn.RemoteAddr().String()
	if breaks(logForAnotherConnection) {
		host, _, _ := net.SplitHostPort(from)
		from = net.JoinHostPort(host, "1")
	}
	if breaks(otherReason) {
		err = errors.New("tls: client offered only unsupported versions: [301]")
	}
	warn("rejected connection on "+word+" endpoint",
		"remote-addr", from, "server-name", conn.ConnectionState().ServerName, "error", err)
}
