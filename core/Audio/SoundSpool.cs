using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>Puts recordings where a decoder can move about in them: in files that have no name, so that nothing of them outlives their process.</summary>
public sealed class SoundSpool(SoundOptions options)
{
    private const int Piece = 64 * 1024;

    /// <summary>Copies a stream to its end.</summary>
    /// <param name="source">What is copied; a source that can be cut short checks its length itself.</param>
    /// <param name="maxBytes">The most that is taken. Who must tell a larger file from others checks before it comes here.</param>
    /// <param name="cancel">Ends the copying.</param>
    /// <returns>The file, open for reading from its first byte; disposing of it frees its space.</returns>
    /// <exception cref="SpoolFullException">The stream holds more than <paramref name="maxBytes"/>.</exception>
    /// <exception cref="IOException">The source broke off, or the disk is full.</exception>
    public async Task<SafeFileHandle> Copy(Stream source, long maxBytes, CancellationToken cancel)
    {
        var file = Create();
        try
        {
            var piece = new byte[Piece];
            var length = 0L;
            int read;
            while ((read = await source.ReadAsync(piece, cancel)) > 0)
            {
                if (length + read > maxBytes)
                    throw new SpoolFullException($"The recording holds more than {maxBytes} bytes.");
                await RandomAccess.WriteAsync(file, piece.AsMemory(0, read), length, cancel);
                length += read;
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Its name is random, is taken by nobody else (CreateNew), may be read by nobody else, and is gone before a byte is written.
    private SafeFileHandle Create()
    {
        var directory = string.IsNullOrEmpty(options.SpoolDirectory) ? Path.GetTempPath() : options.SpoolDirectory;
        var path = Path.Combine(directory, $"qi-sound-{Guid.NewGuid():N}");
        var opening = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            opening.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(directory);
        var opened = new FileStream(path, opening);
        File.Delete(path);
        return opened.SafeFileHandle;
    }
}

/// <summary>A recording is larger than was allowed for.</summary>
public sealed class SpoolFullException(string message) : IOException(message);
