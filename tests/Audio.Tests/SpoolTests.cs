using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio.Tests;

public sealed class SpoolTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"qi-spool-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task A_stream_becomes_a_file_without_a_name(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        using var file = await Copy(new MemoryStream(bytes), length);

        var copied = new byte[length + 1];
        Assert.Equal(length, RandomAccess.GetLength(file));
        Assert.Equal(length, RandomAccess.Read(file, copied, 0));
        Assert.Equal(bytes, copied[..length]);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_may_read_it()
    {
        using var file = await Copy(new MemoryStream(new byte[3]), 3);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task More_than_is_allowed_is_not_kept()
    {
        using var endless = new Endless(new IOException("never"), after: long.MaxValue);

        await Assert.ThrowsAsync<SpoolFullException>(() => Copy(endless, 200_000));

        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    [Fact]
    public async Task A_source_that_breaks_off_is_no_recording()
    {
        using var broken = new Endless(new IOException("reset by peer"), after: 100_000);

        Assert.Equal("reset by peer", (await Assert.ThrowsAsync<IOException>(() => Copy(broken, long.MaxValue))).Message);
        Assert.Empty(Directory.GetFileSystemEntries(_directory));
    }

    private Task<SafeFileHandle> Copy(Stream source, long maxBytes) =>
        new SoundSpool(new SoundOptions { SpoolDirectory = _directory }).Copy(source, maxBytes, CancellationToken.None);

    /// <summary>Zeros, until it fails.</summary>
    private sealed class Endless(Exception failure, long after) : Stream
    {
        private long _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_given >= after)
                throw failure;
            _given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
