package provider

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

// Acceptance tests run the real terraform (TF_ACC_TERRAFORM_PATH) against real servers, which they start by SLIPWAY_COMMAND.
var (
	providers = map[string]func() (tfprotov6.ProviderServer, error){
		"slipway": providerserver.NewProtocol6WithError(New("test")()),
	}
	running []*server
	mutex   sync.Mutex
	listens = regexp.MustCompile(`Slipway listens on (http://[0-9.:]+)`)
)

func TestMain(m *testing.M) {
	status := m.Run()
	for _, one := range running {
		one.stop()
	}
	os.Exit(status)
}

// server is a Slipway in a process of its own.
type server struct {
	url, data string
	process   *exec.Cmd
	ended     chan struct{}
}

// demo is one server with the demo's data: the model digits with two versions, a channel, a monitor and a pipeline.
var demo = sync.OnceValues(func() (*server, error) {
	return start("GraphQL  http", nil, "demo", "--port", "0")
})

// guarded is one server that asks for tokens.
var guarded = sync.OnceValues(func() (*server, error) {
	return start("Slipway listens on", []string{"SLIPWAY_SECURITY_MODE=token"}, "serve", "--port", "0")
})

func theDemo(t *testing.T) *server {
	t.Helper()
	return must(t, demo)
}

func must(t *testing.T, open func() (*server, error)) *server {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests need TF_ACC=1")
	}
	opened, err := open()
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// start runs slipway and returns when it has printed a text.
func start(ready string, environment []string, arguments ...string) (*server, error) {
	command := os.Getenv("SLIPWAY_COMMAND")
	if command == "" {
		return nil, fmt.Errorf("SLIPWAY_COMMAND must name the command slipway")
	}
	data, err := os.MkdirTemp("", "slipway-acceptance")
	if err != nil {
		return nil, err
	}
	one := &server{data: data, process: exec.Command(command, append(arguments, "--data", data)...), ended: make(chan struct{})}
	one.process.Env = append(append(os.Environ(), "SLIPWAY_WEBHOOKS_PRIVATE_ADDRESSES=true"), environment...)
	one.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	output, err := one.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	one.process.Stderr = one.process.Stdout
	if err := one.process.Start(); err != nil {
		return nil, err
	}
	mutex.Lock()
	running = append(running, one)
	mutex.Unlock()
	seen := make(chan error, 1)
	go one.listen(bufio.NewScanner(output), ready, seen)
	select {
	case err := <-seen:
		return one, err
	case <-time.After(5 * time.Minute):
		return nil, fmt.Errorf("slipway %s was not ready after 5 minutes", arguments[0])
	}
}

func (s *server) listen(lines *bufio.Scanner, ready string, seen chan<- error) {
	defer close(s.ended)
	var all bytes.Buffer
	told := false
	for lines.Scan() {
		if told {
			continue
		}
		line := lines.Text()
		all.WriteString(line + "\n")
		if match := listens.FindStringSubmatch(line); match != nil {
			s.url = match[1]
		}
		if strings.Contains(line, ready) && s.url != "" {
			told = true
			seen <- nil
		}
	}
	if !told {
		seen <- fmt.Errorf("slipway ended: %s", all.String())
	}
}

func (s *server) stop() {
	_ = syscall.Kill(-s.process.Process.Pid, syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(time.Minute):
		_ = syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL)
	}
	_ = s.process.Wait()
	_ = os.RemoveAll(s.data)
}

// token makes an API token by the command line.
func (s *server) token(t *testing.T, role string) string {
	t.Helper()
	out, err := exec.Command(os.Getenv("SLIPWAY_COMMAND"), "token", "create", "--name", "acceptance", "--role", role, "--data", s.data).Output()
	if err != nil {
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			t.Fatalf("%v: %s", err, ended.Stderr)
		}
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// configuration is one of Terraform for this server.
func (s *server) configuration(body string) string { return configured(s.url, "", body) }

func configured(endpoint, more, body string) string {
	return fmt.Sprintf("provider \"slipway\" {\n  endpoint = %q\n  retry_seconds = 2\n  %s\n}\n%s", endpoint, more, body)
}

// ask changes or reads something behind Terraform's back.
func (s *server) ask(t *testing.T, document string, variables client.Variables, out any) {
	t.Helper()
	other, err := client.New(client.Config{Endpoint: s.url, Retry: time.Minute, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Ask(context.Background(), document, variables, out); err != nil {
		t.Fatal(err)
	}
}

func (s *server) mlflow(t *testing.T, method, path string, body any) {
	t.Helper()
	other, err := client.New(client.Config{Endpoint: s.url, Retry: time.Minute, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.MLflow(context.Background(), method, path, body, nil); err != nil {
		t.Fatal(err)
	}
}

// modelID gives the global id of a model.
func (s *server) modelID(t *testing.T, name string) string {
	t.Helper()
	var data struct{ ModelNamed *named }
	s.ask(t, `query ($name: String!) { modelNamed(name: $name) { id } }`, client.Variables{"name": name}, &data)
	if data.ModelNamed == nil {
		t.Fatalf("there is no model %s", name)
	}
	return data.ModelNamed.ID
}

// unsteady stands before a server, and loses the answer to a request, after which the server is not there.
type unsteady struct {
	*httptest.Server
	lose atomic.Pointer[string]
	down atomic.Bool
}

func before(t *testing.T, s *server) *unsteady {
	t.Helper()
	target, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	director := proxy.Director
	proxy.Director = func(r *http.Request) {
		director(r)
		r.Host = target.Host
	}
	between := &unsteady{}
	between.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if between.down.Load() {
			panic(http.ErrAbortHandler)
		}
		var body bytes.Buffer
		if _, err := body.ReadFrom(r.Body); err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = readCloser{bytes.NewReader(body.Bytes())}
		if lost := between.lose.Load(); lost != nil && strings.Contains(r.URL.Path+body.String(), *lost) {
			proxy.ServeHTTP(httptest.NewRecorder(), r)
			between.down.Store(true)
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(between.Close)
	return between
}

type readCloser struct{ *bytes.Reader }

func (readCloser) Close() error { return nil }

// breakAt loses the answer to the next request with this text.
func (u *unsteady) breakAt(text string) func() {
	return func() { u.lose.Store(&text) }
}

func (u *unsteady) mend() {
	u.lose.Store(nil)
	u.down.Store(false)
}
