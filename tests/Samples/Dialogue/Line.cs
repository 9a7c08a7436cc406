namespace QualityIngest.Samples.Dialogue;

/// <summary>Who says a line.</summary>
internal enum Speaker
{
    Agent,
    Customer,
    System,
}

/// <summary>One turn of a conversation.</summary>
/// <param name="Speaker">Who says it.</param>
/// <param name="Text">What is said, as it would be written.</param>
/// <param name="Wait">Whether nobody speaks for a while after it.</param>
internal sealed record Line(Speaker Speaker, string Text, bool Wait);
