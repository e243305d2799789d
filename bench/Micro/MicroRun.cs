using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Tumbler.Bench.Micro;

/// <summary>What single operations take: their time by BenchmarkDotNet, their bytes and instructions by counting.</summary>
internal static class MicroRun
{
    public static async Task<int> Run(string[] arguments)
    {
        switch (arguments)
        {
            case [CountedProcess.Command]:
                return await CountedProcess.Run();
            case ["--costs"]:
                Console.Write((await Costs.Measure()).Text());
                return 0;
            case ["--approve"]:
                return (await Costs.Measure()).Approve() ? 0 : 1;
        }

        var dry = arguments.Contains("--dry");
        string[] names = [.. arguments.Where(argument => argument != "--dry")];
        var known = Operations.All.Select(operation => operation.Name).ToArray();
        if (names.Except(known).Any())
        {
            Console.Error.WriteLine($"usage: bench/micro [operation…] [--dry] | --costs | --approve     operations: {string.Join(", ", known)}");
            return 64;
        }

        return Time(names.Length > 0 ? names : known, dry);
    }

    /// <param name="dry">Once each, to see that it works.</param>
    private static int Time(string[] names, bool dry)
    {
        // In this process: BenchmarkDotNet does not know how to build a project for this version of .NET.
        var job = (dry ? Job.Dry : Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(250)).WithWarmupCount(4).WithIterationCount(12))
            .WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .AddFilter(new SimpleFilter(each => names.Contains((string)each.Parameters[nameof(OperationBenchmarks.Operation)])))
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.GetTempPath());
        return BenchmarkRunner.Run<OperationBenchmarks>(config).Reports.Count(report => report.Success) == names.Length ? 0 : 1;
    }
}
