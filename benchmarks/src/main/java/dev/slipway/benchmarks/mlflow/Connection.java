package dev.slipway.benchmarks.mlflow;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import jdk.net.ExtendedSocketOptions;

/**
 * One kept HTTP/1.1 connection that costs the client next to nothing, so that what is measured is the server. It acknowledges
 * at once: a server that answers in two segments then does not wait for the client's delayed acknowledgement.
 */
final class Connection implements Closeable {
    private static final int PART = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;

    Connection(URI server) throws IOException {
        host = server.getAuthority();
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    byte[] get(String path) throws IOException {
        send(head("GET", path, 0), new byte[0]);
        return answer();
    }

    byte[] post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        send(head("POST", path, body.length), body);
        return answer();
    }

    /** Sends so many bytes, of which it holds one part only. */
    void put(String path, long size) throws IOException {
        out.write(head("PUT", path, size));
        byte[] part = new byte[PART];
        Arrays.fill(part, (byte) 'x');
        for (long sent = 0; sent < size; sent += PART) {
            part[0] = (byte) (sent / PART);
            out.write(part, 0, (int) Math.min(PART, size - sent));
        }
        out.flush();
        answer();
    }

    /** Reads an answer of any size and forgets it; returns how long it was. */
    long download(String path) throws IOException {
        send(head("GET", path, 0), new byte[0]);
        Head head = head();
        check(head, path);
        byte[] part = new byte[PART];
        long size = 0;
        if (!head.chunked) {
            for (; size < head.length; ) {
                size += readSome(part, head.length - size);
            }
            return size;
        }
        for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
            for (long left = chunk; left > 0; ) {
                left -= readSome(part, left);
            }
            size += chunk;
            line();
        }
        line();
        return size;
    }

    private int readSome(byte[] part, long most) throws IOException {
        int read = in.read(part, 0, (int) Math.min(part.length, most));
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        return read;
    }

    private byte[] head(String method, String path, long length) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + (length > 0 ? "Content-Length: " + length + "\r\n" : "") + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void send(byte[] head, byte[] body) throws IOException {
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        out.write(all);
        out.flush();
    }

    private record Head(int status, long length, boolean chunked) {}

    private byte[] answer() throws IOException {
        Head head = head();
        byte[] body = head.chunked ? chunks() : in.readNBytes((int) head.length);
        if (head.status >= 300) {
            throw new IOException(head.status + ": " + new String(body, StandardCharsets.UTF_8));
        }
        return body;
    }

    private Head head() throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        int status = Integer.parseInt(line().substring(9, 12));
        long length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        return new Head(status, length, chunked);
    }

    private static void check(Head head, String path) throws IOException {
        if (head.status >= 300) {
            throw new IOException(head.status + " for " + path);
        }
    }

    private byte[] chunks() throws IOException {
        byte[] all = new byte[0];
        for (long chunk = chunk(); chunk > 0; chunk = chunk()) {
            byte[] part = in.readNBytes((int) chunk);
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length);
            System.arraycopy(part, 0, all, before, part.length);
            line();
        }
        line();
        return all;
    }

    private long chunk() throws IOException {
        return Long.parseLong(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
