using System.Diagnostics;

namespace Tumbler.Stories.Tests;

/// <summary>Waits for conditions, never for time to pass.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Asks again and again until the answer is there.</summary>
    /// <param name="patience">In real time.</param>
    public static async Task<T> Found<T>(string what, TimeSpan patience, Func<Task<T?>> ask) where T : class
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            if (await ask() is { } answer)
                return answer;
            Assert.True(waiting.Elapsed < patience, $"Waited {patience.TotalSeconds} s in vain: {what}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task True(string what, TimeSpan patience, Func<Task<bool>> ask) =>
        Found<object>(what, patience, async () => await ask() ? what : null);
}
