using System.Globalization;
using Tumbler.Stories.Tests.Secrets;

namespace Tumbler.Stories.Tests;

/// <summary>What all stories of a run share.</summary>
public sealed class StoryRun : IDisposable
{
    /// <summary>What <c>./test</c> calls this run. One beside another has files of its own: else it would remove what that one writes.</summary>
    private static readonly string Part = Environment.GetEnvironmentVariable("TUMBLER_TEST_PART") ?? "Tumbler.Stories.Tests";

    private static readonly string Suffix = Part.EndsWith(".Pasted", StringComparison.Ordinal) ? "-pasted" : "";

    private readonly StreamWriter measurements;
    private int logs;

    public StoryRun()
    {
        Root = FindRoot();
        if (Directory.Exists(Logs))
            Directory.Delete(Logs, recursive: true);
        Directory.CreateDirectory(Logs);
        measurements = new StreamWriter(Path.Combine(Root, "artifacts", $"stories{Suffix}.txt")) { AutoFlush = true };
    }

    /// <summary>The repository.</summary>
    public string Root { get; }

    /// <summary>Everything that any process of this run has said.</summary>
    public string Logs => Path.Combine(Root, "artifacts", $"logs{Suffix}");

    /// <summary>What <c>./test</c> kept of the test projects that ran before this one; empty when this one runs alone.</summary>
    public IReadOnlyList<string> OtherProjectsOutput =>
        Directory.Exists(TestOutput) ? Directory.GetFiles(TestOutput, "*.log").Where(IsNotOwn).ToArray() : [];

    public string StoriesFolder => Path.Combine(Root, "tests", "stories");

    public string SiloAssembly => Path.Combine(Root, "silo", "bin", "Release", "net10.0", "Tumbler.Silo.dll");

    public SecretsSeen Secrets { get; } = new();

    /// <summary>Whether the long forms of the stories are wanted.</summary>
    public static bool Long => Environment.GetEnvironmentVariable("TUMBLER_TEST_LONG") == "1";

    /// <summary>For what takes so long that the short form is without it.</summary>
    public static void LongFormOnly() => Assert.SkipUnless(Long, "It takes its time: ./test --long runs it.");

    /// <summary>A new log's path, without what stands behind the dot.</summary>
    public string NewLog(string name) =>
        Path.Combine(Logs, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref logs):000}-{name}"));

    /// <summary>Notes a measurement in <c>artifacts/stories.txt</c>.</summary>
    public void Measured(FormattableString measurement)
    {
        lock (measurements)
            measurements.WriteLine(FormattableString.Invariant(measurement));
    }

    public void Dispose() => measurements.Dispose();

    private string TestOutput => Path.Combine(Root, "artifacts", "tests");

    private static bool IsNotOwn(string log) => Path.GetFileNameWithoutExtension(log) != Part;

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The stories run only inside the repository.");
        return directory.FullName;
    }
}
