namespace TrainingCluster.MarketData.Import;

/// <summary>Which comes first in dates such as 03/04/2020.</summary>
public enum DateOrder
{
    DayFirst,
    MonthFirst,
}
