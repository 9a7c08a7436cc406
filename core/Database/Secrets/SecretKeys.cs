using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Database;

/// <summary>
/// The keys of <see cref="SecretBox"/>, from <c>Secrets:Keys:0</c> on: the first seals, all open. Each is base64 of 32 bytes.
/// Without any, one is kept in <c>secrets.key</c> of the data directory, generated on the first run: enough for one node.
/// </summary>
internal static partial class SecretKeys
{
    public const int Length = 32;
    private const string FileName = "secrets.key";

    /// <exception cref="InvalidOperationException">A key is no base64 of 32 bytes, or is given twice. The message never has the key.</exception>
    public static IReadOnlyList<byte[]> Read(IConfiguration configuration, DatabaseOptions options, ILogger logger)
    {
        var given = configuration.GetSection("Secrets:Keys").GetChildren().Where(key => !string.IsNullOrWhiteSpace(key.Value)).ToArray();
        if (given.Length == 0)
            return [Kept(options.Directory, logger)];

        var keys = given.Select(key => Parse(key.Value!, $"Secrets:Keys:{key.Key}")).ToArray();
        return keys.DistinctBy(Convert.ToHexString).Count() == keys.Length
            ? keys
            : throw new InvalidOperationException("Secrets:Keys has one key twice.");
    }

    private static byte[] Kept(string directory, ILogger logger)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            using var turn = Turn($"{path}.lock");
            if (!File.Exists(path))
            {
                Generate(path);
                LogGenerated(logger, Path.GetFullPath(path));
            }
        }
        return Parse(File.ReadAllText(path), path);
    }

    // Of nodes that start at once one generates the key, and the others wait for it.
    private static DataLock Turn(string path)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            if (DataLock.TryTake(path) is { } turn)
                return turn;
            Thread.Sleep(10);
        }

        throw new IOException($"Another process holds {path}.");
    }

    // Written beside and moved, so that nobody ever reads half a key.
    private static void Generate(string path)
    {
        var making = $"{path}.{Guid.NewGuid():n}";
        using (var file = new StreamWriter(making, PrivateFile.Create()))
            file.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        File.Move(making, path, overwrite: false);
    }

    private static byte[] Parse(string text, string where)
    {
        var bytes = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Length
            ? bytes
            : throw new InvalidOperationException($"{where} is no base64 of {Length} bytes. Make one with: openssl rand -base64 {Length}");
    }

    [LoggerMessage(EventId = 1020, Level = LogLevel.Warning,
        Message = "No Secrets__Keys__0 is set: a key was generated into {Path}. Back it up: without it the stored secrets cannot be opened. Several nodes need one configured key.")]
    private static partial void LogGenerated(ILogger logger, string path);
}
