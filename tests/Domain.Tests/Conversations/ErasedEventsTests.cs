using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Erasure;

namespace QualityIngest.Domain.Tests.Conversations;

/// <summary>What an erased conversation's events say afterwards.</summary>
public sealed class ErasedEventsTests
{
    private const string Secret = "canary";

    private static readonly Guid Id = Guid.Parse("01234567-89ab-8cde-8f01-23456789abcd");
    private static readonly RowOrigin Origin = new(Id, Secret, $"calls/{Secret}.wav", DateTimeOffset.UnixEpoch, 2);

    private static readonly object[] Plain =
    [
        new ConversationReceived(Id, "namespace", 1, Secret, Origin, Id, Id, []),
        new ConversationRevised(Id, 2, Secret, Origin, Id, Id, []),
        new ConversationCounterpartReceived(Id, 2, Secret, Origin, Domain.Formats.MonoSide.Agent, Id, Id, []),
        new ConversationCompleted(2, new Metrics { DurationMs = 5 }, [], "object_missing", Secret, "object_missing", Secret),
        new ConversationFailed(2, "object_missing", $"There is no {Secret}.", true),
    ];

    [Fact]
    public void Nothing_that_tells_of_its_content_is_left()
    {
        foreach (var e in Plain)
        {
            Assert.Contains(Secret, DomainJson.Write(e), StringComparison.Ordinal);

            var masked = ErasedEvents.Mask(e, _ => "keyed");

            Assert.Equal(e.GetType(), masked.GetType());
            Assert.DoesNotContain(Secret, DomainJson.Write(masked), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ids_codes_and_numbers_stay()
    {
        var received = (ConversationReceived)ErasedEvents.Mask(Plain[0], hash => $"keyed {hash.Length}");
        Assert.Equal(("keyed 6", Id, 2L, DateTimeOffset.UnixEpoch), (received.ContentHash, received.Origin.FileId, received.Origin.Line, received.Origin.LastModified));
        Assert.Equal(Id, received.AgentId);

        var completed = (ConversationCompleted)ErasedEvents.Mask(Plain[3], hash => hash);
        Assert.Equal(("object_missing", 5L), (completed.TranscriptCode, completed.Metrics.DurationMs));
        Assert.Equal("object_missing", ((ConversationFailed)ErasedEvents.Mask(Plain[4], hash => hash)).Code);
    }

    [Fact]
    public void What_is_masked_is_not_masked_again()
    {
        var masked = ErasedEvents.Mask(Plain[0], _ => "keyed");

        Assert.Same(masked, ErasedEvents.Mask(masked, _ => "keyed twice"));
    }

    [Fact]
    public void Of_every_event_of_a_conversation_somebody_has_said_what_is_personal()
    {
        var conversations = DomainEvents.Register().Events.Where(e => e.Value.Namespace == typeof(ConversationReceived).Namespace).ToList();
        Assert.Equal(14, conversations.Count);
        foreach (var (_, type) in conversations)
        {
            var blank = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            if (blank is ConversationReceived or ConversationRevised or ConversationCounterpartReceived)
                continue; // above
            ErasedEvents.Mask(blank, hash => hash);
        }
    }
}
