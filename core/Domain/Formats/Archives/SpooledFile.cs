using System.Globalization;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// A stream laid down on disk, to be read from its end. The file has no name by the time it is filled, so that nothing is
/// left behind, whatever happens to the process.
/// </summary>
internal sealed class SpooledFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private readonly FileStream _file;

    private SpooledFile(FileStream file, long length) => (_file, Length) = (file, length);

    /// <summary>The file's bytes.</summary>
    public long Length { get; }

    /// <summary>Lays a stream down.</summary>
    /// <exception cref="ArchiveException">It is larger than it may be.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static async Task<SpooledFile> Of(Stream stream, ArchiveOptions options, CancellationToken cancel)
    {
        var (file, most) = (Unnamed(options.SpoolDirectory), options.StoredBytes);
        try
        {
            var block = new byte[BlockBytes];
            var length = 0L;
            for (int read; (read = await stream.ReadAsync(block, cancel)) > 0; length += read)
            {
                if (length + read > most)
                    throw new ArchiveException(TranscriptCodes.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"The file is larger than {most} bytes."));
                await RandomAccess.WriteAsync(file.SafeFileHandle, block.AsMemory(0, read), length, cancel);
            }
            return new(file, length);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads up to so many bytes from a place on; fewer only at the end.</summary>
    public async ValueTask<int> Read(Memory<byte> buffer, long position, CancellationToken cancel)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(_file.SafeFileHandle, buffer[length..], position + length, cancel);
            if (read == 0) break;
            length += read;
        }
        return length;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Its name is random, is taken by nobody else (CreateNew), may be read by nobody else, and is gone before a byte is written.
    private static FileStream Unnamed(string? directory)
    {
        directory ??= Path.GetTempPath();
        var opening = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) opening.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        System.IO.Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, $"qi-archive-{Guid.NewGuid():N}");
        var file = new FileStream(path, opening);
        File.Delete(path);
        return file;
    }
}
