using TrainingCluster.Features.Rolling;

namespace TrainingCluster.Features.Adx;

/// <summary>
/// One bar's directional movement (Wilder 1978, "New Concepts in Technical Trading Systems", section IV): the
/// larger of the rise of the high and the fall of the low, the other is 0; both are where they are equal.
/// </summary>
public static class DirectionalMovement
{
    public static (double Plus, double Minus) Of(double high, double low, double previousHigh, double previousLow)
    {
        var up = high - previousHigh;
        var down = previousLow - low;
        return (Condition.OrZero(up > down & up > 0, up), Condition.OrZero(down > up & down > 0, down));
    }
}
