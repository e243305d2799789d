namespace Tumbler.Bench.Tests.Micro;

/// <summary>Counts once for all tests.</summary>
public sealed class CountedCosts : IAsyncLifetime
{
    internal CostList Approved { get; } = CostList.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "costs.approved.txt")));

    internal CostList Counted { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (status, output, errors) = await BenchProgram.Run("micro", "--costs");
        Assert.True(status == 0, errors);
        Counted = CostList.Parse(output);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
