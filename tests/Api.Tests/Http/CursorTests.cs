using QualityIngest.Api.Http;
using QualityIngest.Domain;

namespace QualityIngest.Api.Tests.Http;

public sealed class CursorTests
{
    private static readonly Position<Guid> Position = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, 901, TimeSpan.Zero), Guid.NewGuid());

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        Assert.Equal(Position, Cursor.Decode<Guid>("/v1/queues", Cursor.Encode("/v1/queues", Position)));
        Assert.Equal(new Position<long>(Position.At, 7), Cursor.Decode<long>("/a", Cursor.Encode("/a", new Position<long>(Position.At, 7))));
        Assert.Equal(new Position<string>(Position.At, "é-1"), Cursor.Decode<string>("/a", Cursor.Encode("/a", new Position<string>(Position.At, "é-1"))));
    }

    [Fact]
    public void A_cursor_is_safe_in_an_address() => Assert.Matches("^[A-Za-z0-9_-]+$", Cursor.Encode("/v1/queues", Position));

    [Fact]
    public void No_changed_character_goes_unnoticed()
    {
        var cursor = Cursor.Encode("/v1/queues", Position);
        for (var i = 0; i < cursor.Length - 1; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            Assert.Null(Cursor.Decode<Guid>("/v1/queues", changed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    public void Nonsense_is_no_cursor(string cursor) => Assert.Null(Cursor.Decode<Guid>("/v1/queues", cursor));

    [Fact]
    public void A_cursor_of_another_list_is_none_of_this() =>
        Assert.Null(Cursor.Decode<Guid>("/v1/agents", Cursor.Encode("/v1/queues", Position)));
}
