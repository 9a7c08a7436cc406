using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QualityIngest.Audio.Tests.Kit;

/// <summary>SoX, another writer and reader of the same files.</summary>
internal static class Sox
{
    /// <summary>Skips the running test when it is not there; fails it where CI=true.</summary>
    public static void RequireOrSkip()
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (paths.Any(path => File.Exists(Path.Combine(path, "sox"))) && Directory.EnumerateFiles("/usr/lib", "libsox_fmt_mp3.so", SearchOption.AllDirectories).Any())
            return;
        const string reason = "No sox. Install it: apt-get install -y --no-install-recommends sox libsox-fmt-mp3";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        Skip.If(true, reason);
    }

    /// <summary>A WAVE file in another form.</summary>
    /// <param name="wave">The file.</param>
    /// <param name="form">The options before the name of the output.</param>
    /// <param name="type">The output's type; to a pipe, so that sizes stay unknown, where <paramref name="piped"/> says so.</param>
    /// <param name="piped">Whether the output is a pipe.</param>
    public static async Task<byte[]> Convert(byte[] wave, string form, string type, bool piped = false)
    {
        var (from, to) = (Temporary("wav"), Temporary(type));
        try
        {
            await File.WriteAllBytesAsync(from, wave);
            var printed = await Run([from, .. form.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-t", type, piped ? "-" : to]);
            return piped ? printed : await File.ReadAllBytesAsync(to);
        }
        finally
        {
            File.Delete(from);
            File.Delete(to);
        }
    }

    /// <summary>The samples that it reads in a file.</summary>
    public static async Task<float[]> Decode(byte[] file, string type)
    {
        var from = Temporary(type);
        try
        {
            await File.WriteAllBytesAsync(from, file);
            return MemoryMarshal.Cast<byte, float>(await Run(["-t", type, from, "-t", "raw", "-e", "floating-point", "-b", "32", "-"])).ToArray();
        }
        finally
        {
            File.Delete(from);
        }
    }

    // No dither: it would not be the same twice.
    private static async Task<byte[]> Run(IEnumerable<string> arguments)
    {
        using var sox = Process.Start(new ProcessStartInfo("sox", ["-D", "-V1", .. arguments]) { RedirectStandardOutput = true })!;
        var printed = new MemoryStream();
        await sox.StandardOutput.BaseStream.CopyToAsync(printed);
        await sox.WaitForExitAsync();
        Assert.Equal(0, sox.ExitCode);
        return printed.ToArray();
    }

    private static string Temporary(string type) => Path.Combine(Path.GetTempPath(), $"qi-sox-{Guid.NewGuid():N}.{type}");
}
