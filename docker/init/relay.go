package main

import (
	"io"
	"net"
	"sync"
)

// relay carries bytes between who connects to a port of this container and another endpoint, which sees the connection
// come from here. It adds nothing and keeps nothing back: an end is passed on as an end, a reset as a reset.
type relay struct {
	listener net.Listener
	to       string
	sync.Mutex
	open map[*net.TCPConn]bool
}

// relays by the number that they were ordered under.
type relays map[int]*relay

func (all relays) start(o order) error {
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return err
	}
	r := &relay{listener: listener, to: o.To, open: map[*net.TCPConn]bool{}}
	all[o.ID] = r
	go r.serve()
	return nil
}

// end frees the port and breaks every connection; false: there is no such relay.
func (all relays) end(id int) bool {
	r := all[id]
	if r == nil {
		return false
	}
	delete(all, id)
	r.listener.Close()
	r.Lock()
	defer r.Unlock()
	for conn := range r.open {
		reset(conn)
	}
	r.open = nil
	return true
}

func (r *relay) serve() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		go r.carry(conn.(*net.TCPConn))
	}
}

func (r *relay) carry(in *net.TCPConn) {
	conn, err := net.Dial("tcp", r.to)
	if err != nil {
		reset(in)
		return
	}
	out := conn.(*net.TCPConn)
	if !r.keep(in, out) {
		return
	}
	back := make(chan struct{})
	go func() {
		pass(out, in)
		close(back)
	}()
	pass(in, out)
	<-back
	r.Lock()
	defer r.Unlock()
	for _, conn := range []*net.TCPConn{in, out} {
		delete(r.open, conn)
		conn.Close()
	}
}

// keep notes a pair of connections; false: the relay has ended, and they with it.
func (r *relay) keep(pair ...*net.TCPConn) bool {
	r.Lock()
	defer r.Unlock()
	for _, conn := range pair {
		if r.open == nil {
			reset(conn)
		} else {
			r.open[conn] = true
		}
	}
	return r.open != nil
}

// pass copies until one side ends, and ends the other alike. Where nothing can be written any more, what that side said
// before it went is still on its way back, and how it went is told there.
func pass(from, to *net.TCPConn) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			if _, err := to.Write(buffer[:n]); err != nil {
				from.CloseRead()
				return
			}
		}
		if err == io.EOF {
			to.CloseWrite()
			return
		}
		if err != nil {
			reset(to)
			from.Close()
			return
		}
	}
}

func reset(conn *net.TCPConn) {
	conn.SetLinger(0)
	conn.Close()
}
