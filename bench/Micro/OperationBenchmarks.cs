using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;

namespace Tumbler.Bench.Micro;

[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet cleans up.")]
[SuppressMessage("Maintainability", "CA1515", Justification = "BenchmarkDotNet derives from it.")]
public class OperationBenchmarks
{
    private EngineWork engine = null!;
    private Action run = null!;

    public static IEnumerable<string> Names => Operations.All.Select(operation => operation.Name);

    [ParamsSource(nameof(Names))]
    public string Operation { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        // The toolchain awaits nothing here, and would run before there is anything to run.
        engine = EngineWork.Start().GetAwaiter().GetResult();
        run = Operations.All.Single(operation => operation.Name == Operation).Prepare(engine);
    }

    [Benchmark]
    public void Run() => run();

    [GlobalCleanup]
    public void Clean() => engine.Dispose();
}
