using System.Globalization;
using TrainingCluster.Cli.Errors;

namespace TrainingCluster.Cli.Options;

/// <summary>A number of the settings that a command reads beside its flags.</summary>
internal static class SettingNumber
{
    /// <exception cref="UserErrorException">The key holds no number.</exception>
    public static double Of(Akka.Configuration.Config settings, string key)
    {
        var text = settings.GetString(key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException(new UserError(
                ExitCode.Usage, "config.range", $"{key} is '{text}'; it must be a number")
            {
                Hints = ["trainctl config show --origin lists every setting"],
            });
    }
}
