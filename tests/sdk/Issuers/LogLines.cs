using Microsoft.Extensions.Logging;

namespace Tumbler.Client.Tests.Issuers;

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILoggerFactory
{
    private readonly Lock gate = new();
    private readonly List<(LogLevel Level, string Text)> lines = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<(LogLevel Level, string Text)> All
    {
        get
        {
            lock (gate)
                return [.. lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => new Lines(this);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public void Has(LogLevel level, string part) => Assert.Contains(All, line => Is(line, level, part));

    /// <summary>Waits for it.</summary>
    public async Task Until(LogLevel level, string part)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (lines.Exists(line => Is(line, level, part)))
                    return;
                next = more.Task;
            }

            try
            {
                await next.WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Nobody has logged \"{part}\" as {level}: {string.Join('\n', All)}");
            }
        }
    }

    private static bool Is((LogLevel Level, string Text) line, LogLevel level, string part) =>
        line.Level == level && line.Text.Contains(part, StringComparison.Ordinal);

    private void Add(LogLevel level, string text)
    {
        lock (gate)
        {
            lines.Add((level, text));
            more.SetResult();
            more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Lines(LogLines all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Add(logLevel, $"{formatter(state, exception)} {exception}");
    }
}
