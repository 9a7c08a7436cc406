using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Tests.Conversations;

public sealed class ConversationMembersTests
{
    [Theory]
    [InlineData("""{"user_data":{"b":1.50,"a":[]},"x":1,"missing_info":null,"y":{"user_data":2}}""", "null", """{"b":1.50,"a":[]}""", """{"x":1,"y":{"user_data":2}}""")]
    [InlineData("""{"x":12345678901234567890.0e-400,"x":2}""", null, null, """{"x":12345678901234567890.0e-400,"x":2}""")]
    [InlineData("""{"user_data":1,"user_data":2}""", null, "1", """{"user_data":2}""")]
    [InlineData("""{"user\u005fdata":"ü"}""", null, "\"ü\"", "{}")]
    [InlineData("{}", null, null, "{}")]
    [InlineData(null, null, null, "{}")]
    public void Members_are_taken_apart_as_they_are_written(string? stored, string? missingInfo, string? userData, string others)
    {
        var members = ConversationMembers.Of(Guid.Empty, 1, stored);

        Assert.Equal((missingInfo, userData, others), (members.MissingInfo?.ToString(), members.UserData?.ToString(), members.Others.ToString()));
    }
}
