using System.Globalization;
using Microsoft.Win32.SafeHandles;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Formats.Archives;

/// <summary>
/// A stream laid down on disk, to be read from its end. The file has no name by the time it is filled, so that nothing is
/// left behind, whatever happens to the process.
/// </summary>
internal sealed class SpooledFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private readonly SafeFileHandle _file;

    private SpooledFile(SafeFileHandle file, long length) => (_file, Length) = (file, length);

    /// <summary>The file's bytes.</summary>
    public long Length { get; }

    /// <summary>Lays a stream down.</summary>
    /// <exception cref="ArchiveException">It is larger than it may be.</exception>
    public static async Task<SpooledFile> Of(Stream stream, long most, CancellationToken cancel)
    {
        var file = Unnamed();
        try
        {
            var block = new byte[BlockBytes];
            var length = 0L;
            for (int read; (read = await stream.ReadAsync(block, cancel)) > 0; length += read)
            {
                if (length + read > most)
                    throw new ArchiveException(TranscriptCodes.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"The file is larger than {most} bytes."));
                await RandomAccess.WriteAsync(file, block.AsMemory(0, read), length, cancel);
            }
            return new(file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads up to so many bytes from a place on; fewer only at the end.</summary>
    public async ValueTask<int> Read(Memory<byte> buffer, long position, CancellationToken cancel)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await RandomAccess.ReadAsync(_file, buffer[length..], position + length, cancel);
            if (read == 0) break;
            length += read;
        }
        return length;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Unnamed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"qualityingest-{Guid.NewGuid():N}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.Asynchronous);
        File.Delete(path);
        return file;
    }
}
