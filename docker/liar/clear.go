package main

import (
	"bufio"
	"io"
	"log"
	"net"
)

// nobody reads the errors of net/http; etcd discards them too.
var nobody = log.New(io.Discard, "", 0)

// clearListener closes what does not begin like HTTP, as etcd's multiplexer does with a ClientHello.
type clearListener struct{ net.Listener }

func (l clearListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &clearConn{Conn: c, reader: bufio.NewReader(c)}, nil
}

type clearConn struct {
	net.Conn
	reader *bufio.Reader
	looked bool
}

func (c *clearConn) Read(b []byte) (int, error) {
	if !c.looked {
		c.looked = true
		first, err := c.reader.Peek(1)
		if err != nil {
			return 0, err
		}
		if first[0] < 'A' || first[0] > 'Z' {
			c.Conn.Close()
			return 0, io.EOF
		}
	}
	return c.reader.Read(b)
}

// lying breaks the rules of the connection itself: never answer, or hang up at once.
func lying(l net.Listener) net.Listener {
	if !breaks(hangs, closesAtOnce) {
		return l
	}
	return brokenListener{l, new(int)}
}

// brokenListener lets one connection through where it hangs up on all others: it shows that something serves.
type brokenListener struct {
	net.Listener
	accepted *int
}

func (l brokenListener) Accept() (net.Conn, error) {
	var held []net.Conn
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if breaks(closesAtOnce) {
			if *l.accepted++; *l.accepted == 1 {
				return c, nil
			}
			c.Close()
			continue
		}
		// Kept: a connection nobody refers to is closed by the garbage collector.
		held = append(held, c)
		_ = held
	}
}
