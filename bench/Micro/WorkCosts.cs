using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tumbler.Bench.Micro;

/// <summary>Bytes and instructions of operations, counted in a process of their own.</summary>
/// <param name="Uncounted">Why there are no instructions, or null.</param>
internal sealed record WorkCosts(IReadOnlyList<(string Name, long Bytes)> Bytes, IReadOnlyList<(string Name, long Count)> Instructions, string? Uncounted)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>On one processor, which both have in turns: waking another for each instruction takes longer than all the rest.</summary>
    [SuppressMessage("Interoperability", "CA1416", Justification = "All of this is for Linux.")]
    public static WorkCosts Count()
    {
        using var self = Process.GetCurrentProcess();
        var all = self.ProcessorAffinity;
        self.ProcessorAffinity = all & -all;
        try
        {
            return CountHere();
        }
        finally
        {
            self.ProcessorAffinity = all;
        }
    }

    private static WorkCosts CountHere()
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["micro", CountedProcess.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var over = TimeProvider.System.CreateTimer(_ => process.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            var bytes = new List<(string, long)>();
            while (true)
            {
                var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The counted process has ended.");
                switch (line.Split(' '))
                {
                    case [CountedProcess.Bytes, var name, var count]:
                        bytes.Add((name, Number(count)));
                        break;
                    case [CountedProcess.Thread, var thread]:
                        var (instructions, problem) = Step(process, (int)Number(thread));
                        return new WorkCosts(bytes, instructions, problem);
                    default:
                        throw new InvalidOperationException($"The counted process says: {line}");
                }
            }
        }
        finally
        {
            process.StandardInput.Close();
            process.WaitForExit();
        }
    }

    private static (IReadOnlyList<(string Name, long Count)> Instructions, string? Problem) Step(Process process, int thread)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return ([], $"instructions are counted on x64, and this is {RuntimeInformation.ProcessArchitecture}");
        if (!SteppedThread.TrySeize(thread, out var stepped, out var problem))
            return ([], $"ptrace: {problem}");

        using var let = stepped;
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
        var counts = CountedProcess.Stepped.Select(operation => (operation.Name, Count: Step(stepped))).ToList();
        var marks = counts[0].Count;
        return ([.. counts.Skip(1).Select(each => (each.Name, each.Count - marks))], null);
    }

    /// <summary>The median: the allocator makes room anew now and then, which is much for who does little.</summary>
    private static long Step(SteppedThread stepped)
    {
        var rounds = new List<double>();
        for (var round = 0; round < CountedProcess.Rounds; round++)
        {
            stepped.RunTo(CountedProcess.Mark);
            rounds.Add(stepped.StepTo(CountedProcess.Mark));
        }

        return (long)Comparison.Median(rounds);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
