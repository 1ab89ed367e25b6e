# Oracle of farrington_test: R surveillance's farringtonFlexible on series drawn here.
# Written with R 4.2.2 and surveillance 1.20.3.  Rscript farrington.R DIR writes two files into DIR:
#   farrington_series.csv  case,week,count
#   farrington.csv         case,years_back,half_window,periods,trend,trend_p,reweight,method,rate,week (from 0),
#                          upper,expected,p,alarm,has_trend; NA: none, by the noise threshold
suppressMessages(library(surveillance))
set.seed(20220921, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
dir <- commandArgs(TRUE)[1]

# mean level, yearly change of its logarithm, size (Inf: Poisson), years back, window, levels of the season,
# trend tried, its p, reweighted, rate
cases <- read.table(header = TRUE, text = "
  level growth size b w periods trend p reweight rate
      3   0.00  Inf 1 3      10 FALSE 0.05  TRUE 0.0192
     10   0.00  Inf 1 3       1  TRUE 1.00  TRUE 0.0192
     30   0.10   10 1 3       5  TRUE 0.05  TRUE 0.0096
    100   0.00   30 1 3      10 FALSE 1.00 FALSE 0.01
      5   0.00    5 2 3       1 FALSE 0.05  TRUE 0.0192
     50   0.15   20 2 3      10  TRUE 1.00  TRUE 0.0192
    500   0.00   40 2 3       6 FALSE 0.05  TRUE 0.0096
   2000  -0.10   10 2 2      10  TRUE 0.05 FALSE 0.005
      4   0.05  Inf 3 3      10  TRUE 1.00  TRUE 0.0192
     20   0.20    8 3 3       1  TRUE 0.05  TRUE 0.0192
     80  -0.20   30 3 3      10  TRUE 0.05  TRUE 0.0096
    300   0.00   50 3 3       4 FALSE 0.05 FALSE 0.0192
   1000   0.10   25 3 4      10  TRUE 1.00  TRUE 0.001
      8   0.00    3 4 3      10  TRUE 0.05  TRUE 0.0192
     40   0.10   15 4 3      10  TRUE 0.05 FALSE 0.0192
    150  -0.05  Inf 4 3       8  TRUE 1.00  TRUE 0.0096
   5000   0.02   60 4 3      10  TRUE 0.05  TRUE 0.0192
      6  -0.10   10 5 3      10  TRUE 0.05  TRUE 0.0192
     60   0.00   20 5 3      10 FALSE 0.05  TRUE 0.0192
    600   0.08   12 5 3       1  TRUE 1.00  TRUE 0.0192
     12   0.05    6 6 3      10  TRUE 0.05  TRUE 0.0096
    250  -0.03   30 6 3      10  TRUE 1.00 FALSE 0.0192
     25   0.03    9 7 3      10  TRUE 0.05  TRUE 0.0192
    120   0.00   18 7 3      10 FALSE 1.00  TRUE 0.0096
  10000   0.05   80 7 3      10  TRUE 0.05  TRUE 0.0192
      1   0.00    2 7 3      10  TRUE 0.05  TRUE 0.0192
")
asked <- 10 # the last weeks of each series

number <- function(x) {
    x <- as.vector(x)
    ifelse(is.na(x), "NA", formatC(x, digits = 15, format = "g"))
}
series <- NULL
answers <- NULL
for (case in seq_len(nrow(cases))) {
    one <- cases[case, ]
    n <- 52 * one$b + one$w + asked
    week <- seq_len(n)
    mean <- one$level * exp(0.4 * cos(2 * pi * (week + 7 * case) / 52.18) + one$growth * week / 52)
    y <- if (is.finite(one$size)) rnbinom(n, mu = mean, size = one$size) else rpois(n, mean)
    # Two weeks that ring and an old surge that is weighed down.
    y[n - 4] <- y[n - 4] + ceiling(4 * sqrt(mean[n - 4]) + mean[n - 4])
    y[n - 40] <- 3 * y[n - 40] + 5
    series <- rbind(series, data.frame(case, week, count = y))
    for (method in c("delta", "nbPlugin", "muan")) {
        control <- list(range = (n - asked + 1):n, b = one$b, w = one$w, reweight = one$reweight,
            weightsThreshold = 2.58, alpha = one$rate, trend = one$trend, pThresholdTrend = one$p,
            limit54 = c(5, 4), powertrans = "2/3", noPeriods = one$periods,
            pastWeeksNotIncluded = 26, thresholdMethod = method, glmWarnings = FALSE)
        out <- suppressWarnings(farringtonFlexible(sts(y, start = c(2001, 1), frequency = 52), control))
        answers <- rbind(answers, data.frame(case, years_back = one$b, half_window = one$w,
            periods = one$periods, trend = as.integer(one$trend), trend_p = one$p,
            reweight = as.integer(one$reweight), method, rate = one$rate, week = control$range - 1,
            upper = number(out@upperbound), expected = number(out@control$expected),
            p = number(out@control$pvalue), alarm = as.integer(out@alarm),
            has_trend = as.integer(as.vector(out@control$trend))))
    }
}
write.csv(series, file.path(dir, "farrington_series.csv"), row.names = FALSE, quote = FALSE)
write.csv(answers, file.path(dir, "farrington.csv"), row.names = FALSE, quote = FALSE)
