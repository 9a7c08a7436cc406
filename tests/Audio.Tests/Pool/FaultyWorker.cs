using System.Runtime.InteropServices;
using System.Text;

namespace QualityIngest.Audio.Tests.Pool;

/// <summary>A worker that does what a file says, as a decoder might that the file has taken over; anything else it reads.</summary>
internal static unsafe class FaultyWorker
{
    public static int Run()
    {
        using var output = Console.OpenStandardOutput();
        while (Console.ReadLine() is { } path)
        {
            using var file = Posix.Open(path);
            var word = new byte[16];
            switch (Encoding.ASCII.GetString(word, 0, RandomAccess.Read(file, word, 0)))
            {
                case "abort":
                    Console.Error.WriteLine("about to abort");
                    Environment.FailFast("as the file says");
                    break;
                case "segfault":
                    Marshal.WriteByte(1, 0);
                    break;
                case "quit":
                    return 0;
                case "hang":
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "grow":
                    var size = (nuint)400 * 1024 * 1024;
                    new Span<byte>(NativeMemory.Alloc(size), (int)size).Fill(1);
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "babble":
                    output.Write("Hello, here I am, and this is no reply."u8);
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "no json":
                    output.Write([5, 0, 0, 0, .. "hello"u8]);
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "half":
                    output.Write([100, 0, 0, 0, .. "{\"refused\":"u8]);
                    return 0;
                case "boast":
                    new SoundReply(new Sound(new("wave", "pcm16", 500, 8_000), 1, 1, [], false)).Write(output);
                    break;
                case "two answers":
                    new SoundReply(Refused: "one", Failed: "two").Write(output);
                    break;
                case "surroundings":
                    new SoundReply(Refused: string.Join(',', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal))).Write(output);
                    break;
                case "stderr":
                    Console.Error.Write(new string('!', 1_000_000));
                    new SoundReply(Refused: "said all").Write(output);
                    break;
                default:
                    SoundReply.Of(SoundReader.Read(file, SoundLimits.Default)).Write(output);
                    break;
            }
        }

        return 0;
    }
}
