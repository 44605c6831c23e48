// The DNS of worlds: CoreDNS with the plugins that the zones of this project use, and a query log of our own.
package main

import (
	_ "github.com/coredns/coredns/plugin/erratic"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/file"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/rewrite"
	_ "github.com/coredns/coredns/plugin/template"
	_ "github.com/coredns/coredns/plugin/view"

	"github.com/coredns/coredns/coremain"
)

func main() { coremain.Run() }
