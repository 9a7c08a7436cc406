using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace QualityIngest.Database.Tests.Secrets;

public sealed class SecretKeysTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("qi-keys-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Without_a_configured_key_one_is_generated_and_kept()
    {
        var first = Read();
        Assert.Equal(Assert.Single(first), Assert.Single(Read()));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, "secrets.key")));
    }

    [Fact]
    public void Nodes_that_start_at_once_agree_on_the_generated_key()
    {
        var keys = new byte[16][];
        Parallel.For(0, keys.Length, n => keys[n] = Read()[0]);
        Assert.Single(keys.DistinctBy(Convert.ToHexString));
    }

    [Fact]
    public void Configured_keys_are_read_in_order_and_none_is_generated()
    {
        byte[][] keys = [RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32)];
        Assert.Equal(keys, Read([.. keys.Select(Convert.ToBase64String)]));
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("no base64 at all")]
    public void A_bad_key_is_named_by_its_place_and_not_shown(string bad)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Read(Convert.ToBase64String(new byte[32]), bad));
        Assert.Contains("Secrets:Keys:1", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bad, refusal.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<byte[]> Read(params string[] keys)
    {
        var settings = keys.Select((key, n) => KeyValuePair.Create($"Secrets:Keys:{n}", (string?)key));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return SecretKeys.Read(configuration, new DatabaseOptions { Directory = _directory }, NullLogger.Instance);
    }
}
