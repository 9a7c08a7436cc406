using System.Security.Cryptography;

namespace QualityIngest.Database.Tests.Secrets;

public sealed class SecretBoxTests
{
    private static readonly byte[] Old = RandomNumberGenerator.GetBytes(32), New = RandomNumberGenerator.GetBytes(32);
    private static readonly SecretBox Box = new([Old]);

    [Theory]
    [InlineData("")]
    [InlineData("wJalrXUtnFEMI/K7MDENG")]
    [InlineData("Schlüssel 🔑")]
    public void A_sealed_secret_opens_in_its_context(string secret) =>
        Assert.Equal(secret, Box.Open(Box.Seal(secret, "connector:1"), "connector:1"));

    [Fact]
    public void A_sealed_secret_opens_in_no_other_context()
    {
        var sealedSecret = Box.Seal("secret", "connector:1");
        Assert.Throws<SecretBoxException>(() => Box.Open(sealedSecret, "connector:2"));
    }

    [Fact]
    public void A_secret_is_never_sealed_to_the_same_bytes() =>
        Assert.NotEqual(Box.Seal("secret", "connector:1"), Box.Seal("secret", "connector:1"));

    [Fact]
    public void A_digest_is_the_same_for_the_same_text_context_and_key_alone()
    {
        var digest = Box.Digest("text", "here");

        Assert.Equal(digest, new SecretBox([Old, New]).Digest("text", "here"));
        Assert.Matches("^[0-9a-f]{16}:[0-9a-f]{64}$", digest);
        Assert.Equal(4, new[] { digest, Box.Digest("other", "here"), Box.Digest("text", "there"), new SecretBox([New]).Digest("text", "here") }.Distinct().Count());
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var sealedSecret = Box.Seal("secret", "connector:1");
        for (var place = 0; place < sealedSecret.Length; place++)
        {
            var changed = (byte[])sealedSecret.Clone();
            changed[place] ^= 1;
            Assert.Throws<SecretBoxException>(() => Box.Open(changed, "connector:1"));
            Assert.Throws<SecretBoxException>(() => Box.Open(sealedSecret[..place], "connector:1"));
        }
    }

    [Fact]
    public void Rotation_seals_with_the_new_key_while_the_old_one_still_opens()
    {
        var before = Box.Seal("secret", "connector:1");
        var during = new SecretBox([New, Old]);

        Assert.True(during.IsOld(before));
        var again = during.Seal(during.Open(before, "connector:1"), "connector:1");
        Assert.False(during.IsOld(again));

        var after = new SecretBox([New]);
        Assert.Equal("secret", after.Open(again, "connector:1"));
        var refusal = Assert.Throws<SecretBoxException>(() => after.Open(before, "connector:1"));
        Assert.Contains(Convert.ToHexString(Box.SealingKey.Span), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<SecretBoxException>(() => Box.Open(again, "connector:1"));
    }

    [Fact]
    public void A_sealed_secret_does_not_show_the_secret() =>
        Assert.DoesNotContain("wJalrXUtnFEMI", System.Text.Encoding.Latin1.GetString(Box.Seal("wJalrXUtnFEMI", "c")), StringComparison.Ordinal);
}
