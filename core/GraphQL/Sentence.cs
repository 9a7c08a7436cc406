namespace QualityIngest.GraphQL;

/// <summary>Sentences for people, which name what a document has, however long that is.</summary>
internal static class Sentence
{
    private const int Longest = 500;

    /// <summary>The sentence, cut to what a reader can bear.</summary>
    public static string Short(string sentence) => sentence.Length <= Longest ? sentence : string.Concat(sentence.AsSpan(0, Longest), "…");
}
