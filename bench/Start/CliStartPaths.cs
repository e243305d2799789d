using System.Diagnostics;
using System.Globalization;

namespace Tumbler.Bench.Start;

/// <summary>From starting <c>tumbler --version</c> to its end, against a program of one line that was built in the same form: less is not to be
/// had. In starts a second.</summary>
internal static class CliStartPaths
{
    /// <summary>The binary that carries its runtime, compiled ahead.</summary>
    public static Task<Comparison> Binary(BenchOptions options) => Measure(options, PublishedPrograms.Binary);

    /// <summary>The tool, for the runtime that is installed.</summary>
    public static Task<Comparison> Tool(BenchOptions options) => Measure(options, PublishedPrograms.Tool);

    private static Task<Comparison> Measure(BenchOptions options, Func<DirectoryInfo, PublishedPrograms> publish)
    {
        var directory = Directory.CreateTempSubdirectory("tumbler-bench-");
        try
        {
            var programs = publish(directory);
            var comparison = new Comparison("tumbler --version", "one line");
            var milliseconds = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
            {
                var (ours, theirs) = (Starts(programs.Tumbler, options.Seconds), Starts(programs.OneLine, options.Seconds));
                comparison.Add(ours, theirs);
                milliseconds.Add(1000 / ours);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"tumbler --version: {milliseconds.Order().ElementAt(milliseconds.Count / 2):F0} ms from start to end"));
            return Task.FromResult(comparison);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <returns>A second, one after the other.</returns>
    private static double Starts(IReadOnlyList<string> command, int seconds)
    {
        Start(command); // What it is read from is in memory from now on.
        var (starts, measured) = (0, Stopwatch.StartNew());
        while (measured.Elapsed.TotalSeconds < seconds)
        {
            Start(command);
            starts++;
        }

        return starts / measured.Elapsed.TotalSeconds;
    }

    private static void Start(IReadOnlyList<string> command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || said.Length == 0)
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
    }
}
