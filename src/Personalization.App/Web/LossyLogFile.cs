using System.Text;
using Serilog.Sinks.File;

namespace Personalization.App.Web;

/// <summary>
/// Drops what a log file cannot take, as on a full disk. Serilog survives that while the program runs, but closing the file
/// writes what is left, and would end the program with that failure in place of its own.
/// </summary>
internal sealed class LossyLogFile : FileLifecycleHooks
{
    public override Stream OnFileOpened(Stream underlyingStream, Encoding encoding) => new LossyStream(underlyingStream);

    private sealed class LossyStream(Stream file) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => file.CanSeek;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override void Flush() => Try(file.Flush);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void SetLength(long value) => file.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => Try(() => file.Write(buffer, offset, count));

        protected override void Dispose(bool disposing)
        {
            Try(file.Dispose);
            base.Dispose(disposing);
        }

        private static void Try(Action write)
        {
            try
            {
                write();
            }
            catch (IOException)
            {
                // The console has the line.
            }
        }
    }
}
