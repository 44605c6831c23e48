// What Go makes of certificates, for every release from 1.6 on. A line of standard input is
//   id TAB certificates sent, leaf first TAB roots TAB clientAuth or serverAuth TAB name that is dialled
// with certificates as DER in base64 between commas; a line of standard output is the id and "yes" with the common name,
// or "no" with the reason.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

func parse(list string) (out []*x509.Certificate, err error) {
	for _, one := range strings.Split(list, ",") {
		if one == "" {
			continue
		}
		der, err := base64.StdEncoding.DecodeString(one)
		if err != nil {
			return nil, err
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, fmt.Errorf("it is not read: %v", err)
		}
		out = append(out, cert)
	}
	return out, nil
}

func judge(fields []string) string {
	sent, err := parse(fields[1])
	if err != nil {
		return "no\t" + err.Error()
	}
	trusted, err := parse(fields[2])
	if err != nil {
		return "no\t" + err.Error()
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, one := range trusted {
		roots.AddCert(one)
	}
	for _, one := range sent[1:] {
		between.AddCert(one)
	}
	usage := x509.ExtKeyUsageClientAuth
	if fields[3] == "serverAuth" {
		usage = x509.ExtKeyUsageServerAuth
	}
	_, err = sent[0].Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, DNSName: fields[4], KeyUsages: []x509.ExtKeyUsage{usage},
	})
	if err != nil {
		return "no\t" + err.Error()
	}
	// processCertsFromClient (crypto/tls) asks for one of these.
	switch kind := fmt.Sprintf("%T", sent[0].PublicKey); kind {
	case "*rsa.PublicKey", "*ecdsa.PublicKey", "ed25519.PublicKey":
		return "yes\t" + sent[0].Subject.CommonName
	default:
		return "no\tthe key is a " + kind
	}
}

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		fmt.Printf("%s\t%s\n", fields[0], strings.Replace(judge(fields), "\n", " ", -1))
	}
}
