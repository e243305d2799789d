namespace Tumbler.Cli.Demo.Clock;

/// <summary>What one question about the time tells: at some moment between asking and answering the server's clock showed this.</summary>
/// <param name="Asked">Real time since the first question, like <paramref name="Answered"/>.</param>
internal readonly record struct ClockSample(TimeSpan Asked, TimeSpan Answered, DateTimeOffset Shown);
