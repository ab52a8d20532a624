import Glibc

/// Writes all bytes, whatever the pieces. Returns 0 or an errno.
package func writeWhole(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let part = UnsafeBufferPointer(rebasing: rest)
    let count = write(descriptor, part.baseAddress, part.count)
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno == EAGAIN {  // another program left the terminal non-blocking
      var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&polled, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}

package func writeWhole(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBufferPointer { writeWhole($0, to: descriptor) }
}

package func writeWhole(_ text: String, to descriptor: Int32) -> Int32 {
  var text = text
  return text.withUTF8 { writeWhole($0, to: descriptor) }
}
