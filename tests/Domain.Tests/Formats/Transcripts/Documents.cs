using System.Buffers;
using System.Globalization;
using System.Text;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Domain.Tests.Formats.Transcripts;

/// <summary>Documents as the vendor's guides show them, and ways to read them.</summary>
internal static class Documents
{
    /// <summary>The guides' full example of a voice transcript, with a sentence of our own.</summary>
    public const string Voice = """
        {
          "recognizedPhrases": [
            {
              "recognitionStatus": "Success",
              "channel": 0,
              "offset": "PT14S",
              "duration": "PT2.4S",
              "offsetInTicks": 140000000.0,
              "durationInTicks": 24000000.0,
              "durationMilliseconds": 2400,
              "offsetMilliseconds": 14000,
              "nBest": [
                {
                  "confidence": 0.8205426,
                  "lexical": "sure my number is twelve",
                  "itn": "sure my number is 12",
                  "maskedITN": "sure my number is twelve",
                  "display": "Sure, my number is 12.",
                  "words": [
                    {
                      "word": "sure",
                      "offset": "PT14S",
                      "duration": "PT0.32S",
                      "offsetInTicks": 140000000.0,
                      "durationInTicks": 3200000.0,
                      "durationMilliseconds": 320,
                      "offsetMilliseconds": 14000,
                      "confidence": 0.51653963
                    },
                    {
                      "word": "my",
                      "offset": "PT14.32S",
                      "duration": "PT0.2S",
                      "offsetInTicks": 143200000.0,
                      "durationInTicks": 2000000.0,
                      "durationMilliseconds": 200,
                      "offsetMilliseconds": 14320,
                      "confidence": 0.65166444
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    /// <summary>The guides' required fields of a voice transcript.</summary>
    public const string LeastVoice = """
        {
          "recognizedPhrases": [
            {
              "channel": 0,
              "offsetInTicks": 140000000.0,
              "nBest": [
                {
                  "lexical": "sure my number is twelve",
                  "words": [
                    {
                      "word": "sure",
                      "offsetInTicks": 140000000.0,
                      "durationInTicks": 3200000.0,
                      "confidence": 0.51653963
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    /// <summary>The guides' example of a chat, with sentences of our own.</summary>
    public const string Chat = """
        {
          "1": {
            "type": "AGENT",
            "text": "Hello, what can I do for you?",
            "timestamp": 1749562206000,
            "userId": "john.smith@company.com"
          },
          "2": {
            "type": "USER",
            "text": "My invoice names the wrong street.",
            "timestamp": 1749562253142,
            "userId": "customer_12345"
          }
        }
        """;

    /// <summary>A conversation around the chat's timestamps, 10 minutes long.</summary>
    public static readonly TranscriptContext Context = new()
    {
        StartedAt = DateTimeOffset.Parse("2025-06-10T13:30:00Z", CultureInfo.InvariantCulture),
        EndedAt = DateTimeOffset.Parse("2025-06-10T13:40:00Z", CultureInfo.InvariantCulture),
    };

    public static string Phrase(string members) => $$"""{"recognizedPhrases":[{{{members}}}]}""";

    public static TranscriptOutcome ReadVoice(string json, TranscriptContext? context = null) => ReadVoice(Encoding.UTF8.GetBytes(json), context);

    public static TranscriptOutcome ReadVoice(byte[] json, TranscriptContext? context = null) =>
        VoiceTranscript.Read(new ReadOnlySequence<byte>(json), context ?? Context);

    public static TranscriptOutcome ReadChat(string json, TranscriptContext? context = null) => ReadChat(Encoding.UTF8.GetBytes(json), context);

    public static TranscriptOutcome ReadChat(byte[] json, TranscriptContext? context = null) =>
        ChatScript.Read(new ReadOnlySequence<byte>(json), context ?? Context);

    public static Transcript Voiced(string json, TranscriptContext? context = null) => Assert.IsType<Transcript>(ReadVoice(json, context));

    public static Transcript Chatted(string json, TranscriptContext? context = null) => Assert.IsType<Transcript>(ReadChat(json, context));
}
