// Command liar answers on etcd's client and peer ports the way etcd 3.6 does, but for one rule.
// The harness runs it as a subject: every claim that depends on the rule must notice.
//
// What it imitates was read in etcd's source (embed/etcd.go, embed/serve.go, etcdmain/config.go,
// client/pkg/transport) and compared with a real 3.6.16. TLS, HTTP/2 and X.509 are those of the Go
// release etcd is built with, so alerts and error texts are the real ones.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	broken = chosenRule()
	o := readOptions(os.Args[1:])
	s := newServer(o)
	s.start()
	info("received signal; shutting down", "signal", waitForSignal().String())
}

// waitForSignal returns the signal that asks the process to end. etcd as process 1 then exits with 0.
func waitForSignal() os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGINT, syscall.SIGTERM)
	return <-c
}

// chosenRule reads which rule to break: the file of the image, or a variable for runs outside of one.
func chosenRule() rule {
	name := os.Getenv("LIAR_RULE")
	if text, err := os.ReadFile(ruleFile); err == nil {
		name = string(text)
	}
	r, known := parseRule(name)
	if !known {
		fmt.Fprintf(os.Stderr, "liar: no rule is named %q\n", name)
		os.Exit(2)
	}
	return r
}
