package main

import (
	"io"
	"net"
	"testing"
	"time"
)

// A server that leaves with something unread is reset, and what it said before must be heard all the same, also by a
// client that goes on writing.
func TestLastWordIsHeard(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := server.Accept()
			if err != nil {
				return
			}
			go func() {
				io.ReadFull(conn, make([]byte, 5))
				conn.Write([]byte("alert"))
				conn.Close()
			}()
		}
	}()
	all := relays{}
	if err := all.start(order{ID: 1, Listen: "127.0.0.1:0", To: server.Addr().String()}); err != nil {
		t.Fatal(err)
	}
	for n := 0; n < 6000; n++ {
		conn, err := net.Dial("tcp", all[1].listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for m := 0; m < 3; m++ {
				conn.Write([]byte("hello"))
				time.Sleep(100 * time.Microsecond)
			}
		}()
		heard := make([]byte, 5)
		if _, err := io.ReadFull(conn, heard); err != nil {
			t.Fatalf("connection %d: %v", n, err)
		}
		conn.Close()
	}
	if !all.end(1) || all.end(1) {
		t.Fatal("a relay ends once")
	}
}
