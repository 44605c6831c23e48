// The first process of a container in which processes come and go: each starts where nothing of the one before it is left.
// It is told what to do in lines of JSON on its standard input, tells what happens in lines of JSON on its standard
// output, and ends with its input.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"sync"
	"syscall"
)

// order is one line of the input.
type order struct {
	// ID names the process or relay that the order is about; a start or relay brings a new one.
	ID int `json:"id"`
	// Do is start, stop (SIGTERM), end (SIGKILL, or of a relay), ask (whether it runs), or relay.
	Do string `json:"do"`
	// Argv, with the command's path or its name on the PATH first.
	Argv []string `json:"argv"`
	// Env is added to what the image and the engine set.
	Env []string `json:"env"`
	// Files are written before the start: path to text.
	Files map[string]string `json:"files"`
	// Links are made before the start: path to where it leads.
	Links map[string]string `json:"links"`
	// Beside says that nothing is cleaned or written: the process has no files, or has them already.
	Beside bool `json:"beside"`
	// Listen is where a relay does, `0.0.0.0:10000`.
	Listen string `json:"listen"`
	// To is where a relay leads, `10.138.0.2:2379`.
	To string `json:"to"`
}

// news is one line of the output.
type news struct {
	ID int `json:"id"`
	// Is: ready (of id 0, once), started, failed, unclean, said, ended, there, gone.
	Is string `json:"is"`
	// Why, of failed and unclean.
	Why string `json:"why,omitempty"`
	// To is stdout or stderr, of said.
	To string `json:"to,omitempty"`
	// Bytes, of said.
	Bytes []byte `json:"bytes,omitempty"`
	// Status, of ended: 128 and the signal's number where a signal ended it.
	Status int `json:"status"`
}

type teller struct {
	sync.Mutex
	to *json.Encoder
}

func (t *teller) tell(n news) {
	t.Lock()
	defer t.Unlock()
	if t.to.Encode(n) != nil {
		os.Exit(1)
	}
}

func main() {
	tell := &teller{to: json.NewEncoder(os.Stdout)}
	before, err := survey()
	if err != nil {
		tell.tell(news{Is: "failed", Why: err.Error()})
		os.Exit(1)
	}
	table, relays := newTable(tell), relays{}
	tell.tell(news{Is: "ready"})
	orders := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var o order
		if err := orders.Decode(&o); err == io.EOF {
			return
		} else if err != nil {
			tell.tell(news{Is: "failed", Why: err.Error()})
			os.Exit(1)
		}
		switch o.Do {
		case "start":
			if not := start(o, table, before); not != nil {
				tell.tell(*not)
			}
		case "relay":
			tell.tell(open(o, relays))
		case "stop":
			table.signal(o.ID, syscall.SIGTERM)
		case "end":
			if relays.end(o.ID) {
				tell.tell(news{ID: o.ID, Is: "ended"})
			} else {
				table.signal(o.ID, syscall.SIGKILL)
			}
		case "ask":
			tell.tell(table.ask(o.ID))
		}
	}
}

// start brings the container into the state it had at first, writes the files, and starts the process; or tells why not.
func start(o order, table *table, before *state) *news {
	if !o.Beside {
		if !table.killStrays() {
			return &news{ID: o.ID, Is: "unclean", Why: "a process of the last one does not end"}
		}
		if why := before.restore(); why != "" {
			return &news{ID: o.ID, Is: "unclean", Why: why}
		}
		if err := before.write(o.Files, o.Links); err != nil {
			return &news{ID: o.ID, Is: "failed", Why: err.Error()}
		}
	}
	if err := table.start(o); err != nil {
		return &news{ID: o.ID, Is: "failed", Why: err.Error()}
	}
	return nil
}

func open(o order, relays relays) news {
	if err := relays.start(o); err != nil {
		return news{ID: o.ID, Is: "failed", Why: err.Error()}
	}
	return news{ID: o.ID, Is: "started"}
}
