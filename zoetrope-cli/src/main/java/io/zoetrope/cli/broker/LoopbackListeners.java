package io.zoetrope.cli.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's listening sockets on 127.0.0.1, bound before the broker is configured: between
 * choosing a free port and listening on it nobody else can take it.
 */
final class LoopbackListeners implements ServerSocketFactory, AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int BACKLOG = 50;

  private final Map<Integer, ServerSocketChannel> bound = new ConcurrentHashMap<>();

  /** Binds the wanted port, or a free one where that is taken or 0. Returns the port. */
  int bind(int wanted) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      try {
        channel.bind(new InetSocketAddress(LOOPBACK, wanted), BACKLOG);
      } catch (BindException taken) {
        channel.bind(new InetSocketAddress(LOOPBACK, 0), BACKLOG);
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    int port = channel.socket().getLocalPort();
    bound.put(port, channel);
    return port;
  }

  /** Hands a bound socket over to the broker, which closes it. */
  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int listenBacklogSize, int recvBufferSize)
      throws IOException {
    ServerSocketChannel channel = bound.remove(address.getPort());
    return channel != null
        ? channel
        : ServerSocketFactory.INSTANCE.openServerSocket(
            listenerName, address, listenBacklogSize, recvBufferSize);
  }

  /** Closes what the broker hasn't taken over. */
  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : bound.values()) {
      channel.close();
    }
    bound.clear();
  }
}
