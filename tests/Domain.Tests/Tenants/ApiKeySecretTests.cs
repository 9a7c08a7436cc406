using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Tests.Tenants;

public sealed class ApiKeySecretTests
{
    [Fact]
    public void A_secret_is_a_prefix_thirty_random_characters_and_six_that_check_them()
    {
        var secret = ApiKeySecret.Generate();
        Assert.Matches("^qi_[0-9A-Za-z]{36}$", secret);
        Assert.True(ApiKeySecret.IsWellFormed(secret));
        Assert.NotEqual(secret, ApiKeySecret.Generate());
    }

    [Fact]
    public void The_check_is_the_common_CRC32_in_base62() => Assert.True(ApiKeySecret.IsWellFormed("qi_0000000000000000000000000000002C8GjS"));

    [Fact]
    public void A_changed_character_is_noticed()
    {
        var secret = ApiKeySecret.Generate();
        for (var i = 3; i < secret.Length; i++)
            Assert.False(ApiKeySecret.IsWellFormed(secret[..i] + (secret[i] == 'a' ? 'b' : 'a') + secret[(i + 1)..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("qi_")]
    [InlineData("xx_000000000000000000000000000000000000")]
    [InlineData("qi_00000000000000000000000000000000000-")]
    public void Nonsense_is_not_well_formed(string text) => Assert.False(ApiKeySecret.IsWellFormed(text));

    [Fact]
    public void A_hash_tells_secrets_apart_and_a_hint_gives_little_away()
    {
        var (one, other) = (ApiKeySecret.Generate(), ApiKeySecret.Generate());
        Assert.Equal(32, ApiKeySecret.Hash(one).Length);
        Assert.NotEqual(ApiKeySecret.Hash(one), ApiKeySecret.Hash(other));
        Assert.Equal(8, ApiKeySecret.Hint(one).Length);
    }
}
