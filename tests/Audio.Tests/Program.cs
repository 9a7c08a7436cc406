namespace QualityIngest.Audio.Tests;

internal static class Program
{
    private static int Main(string[] arguments) => SoundWorker.Run(arguments.AsSpan(1));
}
