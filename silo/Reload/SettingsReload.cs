using Microsoft.Extensions.Configuration;
using Tumbler.Silo.Configuration;

namespace Tumbler.Silo.Reload;

/// <summary>Looks whether settings have changed and puts into use what can be without a restart. All of it or nothing: settings with
/// which the silo would not start change nothing. First the audit log has it, then it is so.</summary>
internal sealed partial class SettingsReload
{
    private readonly SettingsSource source;
    private readonly Func<IConfiguration, SettingsReader, SiloSettings> read;
    private readonly IReadOnlyList<ReloadablePart> parts;
    private readonly Func<IReadOnlyList<string>, CancellationToken, Task<bool>> audit;
    private readonly Action<SiloSettings, SettingsReader> show;
    private readonly ILogger log;
    private SettingValues current;
    private string? told;
    private string? ignored;

    /// <param name="started">The settings that are in use.</param>
    /// <param name="audit">Writes down which settings are about to change; false when that is not possible now.</param>
    /// <param name="show">Is told of what is in use from now on.</param>
    public SettingsReload(
        SettingsSource source,
        Func<IConfiguration, SettingsReader, SiloSettings> read,
        (SiloSettings Settings, SettingsReader Reader) started,
        IReadOnlyList<ReloadablePart> parts,
        Func<IReadOnlyList<string>, CancellationToken, Task<bool>> audit,
        Action<SiloSettings, SettingsReader> show,
        ILogger log)
    {
        (this.source, this.read, this.parts, this.audit, this.show, this.log) = (source, read, parts, audit, show, log);
        current = SettingValues.Of(started.Settings, started.Reader.Given);
    }

    /// <summary>For one caller at a time.</summary>
    /// <param name="asked">Somebody asked for it: the secret manager is asked too, whatever the time.</param>
    /// <returns>Whether anything is in use now that was not before.</returns>
    public async Task<bool> Look(bool asked, CancellationToken stop)
    {
        await source.Secrets.Look(asked, log, stop);
        await source.Fetch(stop);
        var errors = new List<SettingError>();
        var (settings, reader) = source.Read(read, errors);
        if (errors.Count > 0)
            return Keep(errors);

        var values = SettingValues.Of(settings, reader.Given);
        var changed = values.ChangedSince(current);
        var applicable = changed.Where(name => parts.Any(part => part.Owns(name))).ToArray();
        Mention(changed.Except(applicable));
        if (applicable.Length == 0)
        {
            told = null;
            return false;
        }

        Action[] apply = [.. parts.Where(part => applicable.Any(part.Owns)).Select(part => part.Prepare(settings, errors))];
        if (errors.Count > 0)
            return Keep(errors);
        if (!await audit(applicable, stop))
            return Keep([new SettingError("audit log", "does not take the entry that has to tell of it; tried again in a moment")]);

        Array.ForEach(apply, each => each());
        (current, told) = (values, null);
        show(settings, reader);
        LogReloaded(string.Join(", ", applicable));
        return true;
    }

    private bool Keep(List<SettingError> errors)
    {
        var list = string.Join("; ", errors.Select(error => $"{error.Name} {error.Message}"));
        if (list != told)
            LogKept(errors.Count, list);
        told = list;
        return false;
    }

    /// <summary>They stay different from what is in use, so they are told of once.</summary>
    private void Mention(IEnumerable<string> names)
    {
        var list = string.Join(", ", names);
        if (list.Length > 0 && list != ignored)
            LogIgnored(list);
        ignored = list;
    }

    [LoggerMessage(LogLevel.Information, "Settings are reloaded: {Settings}")]
    private partial void LogReloaded(string settings);

    [LoggerMessage(LogLevel.Error, "The silo goes on with the settings it has, because {Count} of the new ones are wrong: {Problems}")]
    private partial void LogKept(int count, string problems);

    [LoggerMessage(LogLevel.Warning, "Changed, but in use only after a restart: {Settings}")]
    private partial void LogIgnored(string settings);
}
