using System.Collections.Frozen;
using Tumbler.Api.Limits;
using Tumbler.Contracts.Limits;

namespace Tumbler.Silo.Configuration;

/// <summary>How often something may be done in so long: <c>100/1m</c>, or <c>off</c>.</summary>
internal static class LimitSettings
{
    private const string RoutesSection = "Limits:Routes";
    private static readonly QuotaRule Default = new(100, TimeSpan.FromMinutes(1));
    private static readonly QuotaRule DefaultOfFailures = new(60, TimeSpan.FromMinutes(1));

    public static LimitOptions Read(SettingsReader settings)
    {
        var routes = new Dictionary<string, QuotaRule?>(StringComparer.Ordinal);
        foreach (var given in settings.NamesBelow(RoutesSection))
        {
            var (name, setting) = (given.ToLowerInvariant(), $"{RoutesSection}:{given}");
            var rule = settings.Quota(setting, unset: null);
            if (RouteNames.All.Contains(name))
                routes[name] = rule;
            else
                settings.Error(setting, $"there is no such route{(ClosestName.Among(RouteNames.All, name) is { } meant ? $"; did you mean {meant}?" : "")}");
        }

        return new LimitOptions(settings.Quota("Limits:Admin", Default), routes.ToFrozenDictionary());
    }

    /// <summary>Null for any number of them.</summary>
    public static QuotaRule? ReadFailures(SettingsReader settings) => settings.Quota("Limits:PerAddress:FailedAuthentication", DefaultOfFailures);
}
