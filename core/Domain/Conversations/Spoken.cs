using System.Text;

namespace QualityIngest.Domain.Conversations;

/// <summary>How many messages and words each role has.</summary>
internal sealed class Spoken
{
    private static readonly int Roles = Enum.GetValues<SpeakerRole>().Length;
    private readonly int[] _messages = new int[Roles];
    private readonly int[] _words = new int[Roles];

    public int Messages(SpeakerRole role) => _messages[(int)role];

    public int Words(SpeakerRole role) => _words[(int)role];

    public static Spoken Of(IReadOnlyList<Utterance> utterances)
    {
        var spoken = new Spoken();
        foreach (var utterance in utterances)
        {
            spoken._messages[(int)utterance.Role]++;
            spoken._words[(int)utterance.Role] += utterance.Words is { Count: > 0 } words ? words.Count : CountWords(utterance.Text);
        }
        return spoken;
    }

    /// <summary>Stretches without white space that hold a letter or a digit.</summary>
    public static int CountWords(string text)
    {
        var (words, counted) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) counted = false;
            else if (!counted && Rune.IsLetterOrDigit(rune)) (words, counted) = (words + 1, true);
        }
        return words;
    }
}
