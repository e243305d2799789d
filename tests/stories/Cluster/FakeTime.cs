namespace Tumbler.Stories.Tests.Cluster;

/// <summary>Debian's libfaketime: a process that has it believes in another time of day. Its timers and stopwatches stay right.</summary>
internal static class FakeTime
{
    /// <summary>The command that runs such a process.</summary>
    /// <param name="ahead">Whole seconds, which may be negative.</param>
    public static string Ahead(int ahead) => FormattableString.Invariant(
        $"env LD_PRELOAD={Library} FAKETIME={ahead:+0;-0}s FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 NO_FAKE_STAT=1");

    /// <summary>That for programs with many threads; its folder is named after the machine's architecture.</summary>
    private static string Library => Directory.EnumerateDirectories("/usr/lib")
        .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("Missing: libfaketime. eng/packages faketime installs it.");
}
