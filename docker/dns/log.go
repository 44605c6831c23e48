package main

import (
	"context"
	"fmt"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/pkg/replacer"
	"github.com/coredns/coredns/request"

	"github.com/miekg/dns"
)

// CoreDNS's own log plugin writes its line after the answer has left: a client that is quick has its next question
// in the log first. Ours writes it before, so that the order of the lines is the order of the questions. It takes the
// same place and the same words in a Corefile, of which only `log . "format"` is known.
func init() { plugin.Register("log", setup) }

func setup(c *caddy.Controller) error {
	c.Next()
	args := c.RemainingArgs()
	if len(args) != 2 || args[0] != "." || c.Next() {
		return plugin.Error("log", c.Errf(`write log . "format", once`))
	}
	dnsserver.GetConfig(c).AddPlugin(func(next plugin.Handler) plugin.Handler {
		return logger{next: next, format: args[1], replacer: replacer.New()}
	})
	return nil
}

type logger struct {
	next     plugin.Handler
	format   string
	replacer replacer.Replacer
}

func (l logger) Name() string { return "log" }

func (l logger) ServeDNS(ctx context.Context, w dns.ResponseWriter, r *dns.Msg) (int, error) {
	line := func(answer *dns.Msg) {
		seen := dnstest.NewRecorder(w)
		if answer != nil {
			seen.Msg, seen.Rcode = answer, answer.Rcode
		}
		fmt.Println(l.replacer.Replace(ctx, request.Request{W: w, Req: r}, seen, l.format))
	}
	out := &writer{ResponseWriter: w, line: line}
	code, err := plugin.NextOrFailure(l.Name(), l.next, ctx, out, r)
	switch {
	case out.answered:
	case plugin.ClientWrite(code):
		// Nobody will answer.
		line(nil)
	default:
		// The server answers with this code after us.
		line(new(dns.Msg).SetRcode(r, code))
	}
	return code, err
}

// writer tells of an answer before it leaves.
type writer struct {
	dns.ResponseWriter
	line     func(*dns.Msg)
	answered bool
}

func (w *writer) WriteMsg(m *dns.Msg) error {
	w.answered = true
	w.line(m)
	return w.ResponseWriter.WriteMsg(m)
}
