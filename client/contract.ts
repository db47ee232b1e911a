/** Made by `npm run api:types` from the schemas of the routes: not to be edited. */
export interface paths {
    "/api/v1/analytics/gateway-totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Payments of each gateway against the orders paid through it, by month
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "items": [
                         *         {
                         *           "month": "2025-07",
                         *           "gateway": "payme",
                         *           "orders": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           },
                         *           "payments": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           },
                         *           "difference": "15000",
                         *           "differencePercent": "15000",
                         *           "level": "ok",
                         *           "loaded": "full",
                         *           "expectedCommission": "15000",
                         *           "expectedPayout": "15000"
                         *         }
                         *       ],
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            items: components["schemas"]["GatewayTotal"][];
                            /** Format: date-time */
                            to: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/hour-weekday": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by hour and day of the week
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "items": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "weekday": 1,
                         *           "hour": 1
                         *         }
                         *       ],
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description Monday (1) first */
                            items: {
                                count: number;
                                hour: number;
                                sum: string;
                                weekday: number;
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/machine-months": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue of every machine by month of Tashkent
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "months": [
                         *         "15000"
                         *       ],
                         *       "items": [
                         *         {
                         *           "machineCode": "a7ca181f0000",
                         *           "machineName": "Чиланзар, 7 квартал",
                         *           "months": [
                         *             {
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "total": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         }
                         *       ],
                         *       "totals": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         }
                         *       ],
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description most revenue first, 5 000 at most */
                            items: {
                                machineCode: string | null;
                                machineName: string | null;
                                /** @description one a month, in the order of `months` */
                                months: components["schemas"]["CountAndSum"][];
                                total: components["schemas"]["CountAndSum"];
                            }[];
                            /** @description YYYY-MM of Tashkent, from the first to the last with revenue */
                            months: string[];
                            /** Format: date-time */
                            to: string | null;
                            /** @description all machines together, one a month */
                            totals: components["schemas"]["CountAndSum"][];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines with the most revenue
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 50 */
                    limit?: number;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "items": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "average": "15000",
                         *           "share": "15000",
                         *           "machineCode": "a7ca181f0000",
                         *           "machineName": "Чиланзар, 7 квартал"
                         *         }
                         *       ],
                         *       "rest": {
                         *         "count": 1,
                         *         "sum": "15000",
                         *         "items": 1
                         *       },
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description most revenue first */
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                machineCode: string | null;
                                machineName: string | null;
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                            }[];
                            /** @description everything below the items */
                            rest: {
                                count: number;
                                items: number;
                                sum: string;
                            };
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/payment-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by payment type
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "items": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "average": "15000",
                         *           "share": "15000",
                         *           "paymentType": "cash",
                         *           "refunded": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           },
                         *           "unpaid": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         }
                         *       ],
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "apart": {
                         *         "test": {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         },
                         *         "vip": {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         }
                         *       },
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            /** @description no revenue: counted apart */
                            apart: {
                                test: components["schemas"]["CountAndSum"];
                                vip: components["schemas"]["CountAndSum"];
                            };
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                /** @enum {string} */
                                paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
                                refunded: components["schemas"]["CountAndSum"];
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                                unpaid: components["schemas"]["CountAndSum"];
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products with the most revenue
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 50 */
                    limit?: number;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "items": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "average": "15000",
                         *           "share": "15000",
                         *           "goodsName": "Горячий шоколад"
                         *         }
                         *       ],
                         *       "rest": {
                         *         "count": 1,
                         *         "sum": "15000",
                         *         "items": 1
                         *       },
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @description most revenue first */
                            items: {
                                /** @description per order */
                                average: string | null;
                                count: number;
                                goodsName: string | null;
                                /** @description percent of all revenue */
                                share: string | null;
                                sum: string;
                            }[];
                            /** @description everything below the items */
                            rest: {
                                count: number;
                                items: number;
                                sum: string;
                            };
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue, what is counted apart from it, and receipts against cash and card sales
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "revenue": {
                         *         "count": 1,
                         *         "sum": "15000",
                         *         "average": "15000"
                         *       },
                         *       "refunded": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "unpaid": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "test": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "vip": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "refundDue": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "fiscal": {
                         *         "sales": {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         },
                         *         "receipts": {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         },
                         *         "returns": {
                         *           "count": 1,
                         *           "sum": "15000"
                         *         },
                         *         "difference": "15000"
                         *       },
                         *       "machines": 1,
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** @description cash and card sales against the receipts of the same time; difference = receipts less returns less sales */
                            fiscal: {
                                difference: string;
                                receipts: components["schemas"]["CountAndSum"];
                                returns: components["schemas"]["CountAndSum"];
                                sales: components["schemas"]["CountAndSum"];
                            };
                            /** Format: date-time */
                            from: string | null;
                            /** @description that sold something */
                            machines: number;
                            /** @description part of the revenue: paid and not dispensed, to be given back */
                            refundDue: {
                                count: number;
                                sum: string;
                            };
                            refunded: components["schemas"]["CountAndSum"];
                            revenue: {
                                average: string | null;
                                count: number;
                                sum: string;
                            };
                            test: components["schemas"]["CountAndSum"];
                            /** Format: date-time */
                            to: string | null;
                            unpaid: components["schemas"]["CountAndSum"];
                            vip: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/time-series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue by hour, day, week or month of Tashkent
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example hour */
                    group?: "hour" | "day" | "week" | "month";
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "group": "hour",
                         *       "items": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "from": "2025-07-01T09:55:56.000+05:00"
                         *         }
                         *       ],
                         *       "complete": true,
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "cached": true
                         *     }
                         */
                        "application/json": {
                            cached: boolean;
                            /** @description false: there would be too many, so those without revenue are left out */
                            complete: boolean;
                            /** Format: date-time */
                            from: string | null;
                            /** @enum {string} */
                            group: "hour" | "day" | "week" | "month";
                            items: {
                                count: number;
                                /**
                                 * Format: date-time
                                 * @description start of the hour, day, week (Monday) or month in Tashkent
                                 */
                                from: string;
                                sum: string;
                            }[];
                            /** Format: date-time */
                            to: string | null;
                            total: components["schemas"]["CountAndSum"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, when and from where, newest first
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: {
                    /** @example auth.signed_in */
                    action?: string;
                    /** @example 15000 */
                    actorId?: string;
                    /** @example 192.0.2.10 */
                    address?: string;
                    cursor?: string;
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example 50 */
                    limit?: number;
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    requestId?: string;
                    /** @example 15000 */
                    subject?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "8974",
                         *           "at": "15000",
                         *           "actorId": "15000",
                         *           "actorName": "15000",
                         *           "action": "15000",
                         *           "subject": "15000",
                         *           "subjectName": "15000",
                         *           "note": "Проверено по журналу автомата",
                         *           "address": "192.0.2.10",
                         *           "requestId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "details": {},
                         *           "sealed": true
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["AuditEntry"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A short cookie for the description of this API at /api/docs
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a password by an invitation, which is good once, and sign in with it; all sign-ins before it end */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "token": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                     *       "password": "qahva-terak-orzu-9"
                     *     }
                     */
                    "application/json": {
                        password: string;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose an invitation is, which stays good: before anybody thinks of a password for one that has ended */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "token": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                     *     }
                     */
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "email": "operator@example.uz"
                         *     }
                         */
                        "application/json": {
                            email: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in by a link of the Telegram bot, which is good once and for five minutes */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "token": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                     *     }
                     */
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with e-mail and password */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "email": "operator@example.uz",
                     *       "password": "qahva-terak-orzu-9"
                     *     }
                     */
                    "application/json": {
                        email: string;
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out; answered once it is stored
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere: all tokens of this person
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am
         * @description Role: any
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "email": "operator@example.uz",
                         *       "telegramId": "15000",
                         *       "username": "15000",
                         *       "name": "report.xlsx",
                         *       "firstName": "Дилшод",
                         *       "lastName": "Каримов",
                         *       "status": "pending",
                         *       "role": "viewer",
                         *       "createdAt": "15000",
                         *       "approvedAt": "15000",
                         *       "approvedBy": "15000",
                         *       "lastActiveAt": "15000",
                         *       "invitedUntil": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which notices I get by Telegram
         * @description Role: any
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "bot": true,
                         *       "telegramId": "15000",
                         *       "kinds": [
                         *         {
                         *           "kind": "applicant",
                         *           "on": true
                         *         }
                         *       ],
                         *       "quiet": true,
                         *       "off": {
                         *         "at": "15000",
                         *         "reason": "stopped"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["NoticeSettings"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Choose which notices I get by Telegram
         * @description Role: any
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "kinds": [
                     *         "applicant"
                     *       ],
                     *       "quiet": true,
                     *       "off": true
                     *     }
                     */
                    "application/json": {
                        kinds?: ("applicant" | "file_processed" | "daily_report" | "days_missing" | "machines_failing" | "errors" | "rows_refused" | "stored_file_missing" | "nothing_loaded" | "intake_folder" | "intake_mail" | "monitor_changed" | "backup_failed" | "disk_nearly_full" | "audit_broken" | "guessed_often")[];
                        off?: boolean;
                        quiet?: boolean;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "bot": true,
                         *       "telegramId": "15000",
                         *       "kinds": [
                         *         {
                         *           "kind": "applicant",
                         *           "on": true
                         *         }
                         *       ],
                         *       "quiet": true,
                         *       "off": {
                         *         "at": "15000",
                         *         "reason": "stopped"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["NoticeSettings"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        trace?: never;
    };
    "/api/v1/auth/ops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A short cookie for the queue dashboard at /ops/queues
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another password; every other sign-in of this person ends
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "currentPassword": "avvalgi-qahva-terak-7",
                     *       "newPassword": "qahva-terak-orzu-9"
                     *     }
                     */
                    "application/json": {
                        currentPassword: string;
                        newPassword: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new access token by the refresh cookie, which is replaced
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/telegram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with what Telegram signed: the fields of its Login Widget, or initData of the Mini App */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "initData": "15000"
                     *     }
                     */
                    "application/json": {
                        initData: string;
                    } | ({
                        auth_date: string | number;
                        hash: string;
                        id: string | number;
                    } & {
                        [key: string]: string | number;
                    });
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "accessToken": "15000",
                         *       "expiresIn": 1,
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["SignedIn"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/telegram/binding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to the bot that binds the chat which opens it to me; 404 without a bot
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "url": "15000",
                         *       "expiresAt": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["TelegramBinding"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        /**
         * Unbind my chat with the bot
         * @description Role: any
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/missing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Days that a source in use does not cover although it should, and shorter holes in which orders lack it
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "source": "happy_workers",
                         *           "from": "2025-07-01",
                         *           "to": "2025-07-01",
                         *           "days": 1,
                         *           "expectedBy": "2025-07-01",
                         *           "lastSeen": "2025-07-01T09:55:56.000+05:00"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Missing"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link that a browser can follow without a header: once, within 60 s
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "path": "/api/v1/files/0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11/content"
                     *     }
                     */
                    "application/json": {
                        path: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "url": "15000",
                         *       "expiresAt": "15000"
                         *     }
                         */
                        "application/json": {
                            expiresAt: string;
                            url: string;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a table written: orders, changes, rejected rows of a file, or analytics
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "kind": "orders",
                     *       "format": "csv",
                     *       "filter": {
                     *         "status": "unmatched",
                     *         "issue": "delivery_failed_but_paid",
                     *         "machine": "a7ca181f0000",
                     *         "paymentType": "cash",
                     *         "source": "happy_workers",
                     *         "from": "2025-07-01",
                     *         "to": "2025-07-01",
                     *         "amountFrom": "5000",
                     *         "amountTo": "20000",
                     *         "q": "15000",
                     *         "changeType": "new",
                     *         "pending": "true",
                     *         "settled": "true",
                     *         "reason": "no_receipt",
                     *         "sale": "unpaid",
                     *         "file": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                     *         "session": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11"
                     *       }
                     *     }
                     */
                    "application/json": {
                        filter?: {
                            amountFrom?: string;
                            amountTo?: string;
                            /** @example new */
                            changeType?: string;
                            /**
                             * Format: uuid
                             * @description orders in which this file filled or changed a field
                             */
                            file?: string;
                            from?: string;
                            /** @example delivery_failed_but_paid */
                            issue?: string;
                            machine?: string;
                            /** @example cash */
                            paymentType?: string;
                            /** @enum {string} */
                            pending?: "true" | "false";
                            q?: string;
                            /**
                             * @description a proof that is missing, apart from one that is there and differs
                             * @example no_receipt
                             */
                            reason?: string;
                            /**
                             * @description sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them
                             * @example unpaid
                             */
                            sale?: string;
                            /**
                             * Format: uuid
                             * @description orders in which a file of this upload filled or changed a field
                             */
                            session?: string;
                            /** @enum {string} */
                            settled?: "true" | "false";
                            /** @example happy_workers */
                            source?: string;
                            /** @example unmatched */
                            status?: string;
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "orders";
                    } | {
                        filter?: {
                            amountFrom?: string;
                            amountTo?: string;
                            /** @example new */
                            changeType?: string;
                            /**
                             * Format: uuid
                             * @description orders in which this file filled or changed a field
                             */
                            file?: string;
                            /** Format: uuid */
                            fileId?: string;
                            from?: string;
                            /** @example delivery_failed_but_paid */
                            issue?: string;
                            machine?: string;
                            /** @example cash */
                            paymentType?: string;
                            /** @enum {string} */
                            pending?: "true" | "false";
                            q?: string;
                            /**
                             * @description a proof that is missing, apart from one that is there and differs
                             * @example no_receipt
                             */
                            reason?: string;
                            /**
                             * @description sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them
                             * @example unpaid
                             */
                            sale?: string;
                            /**
                             * Format: uuid
                             * @description orders in which a file of this upload filled or changed a field
                             */
                            session?: string;
                            /** @enum {string} */
                            settled?: "true" | "false";
                            /** @example happy_workers */
                            source?: string;
                            /** @example unmatched */
                            status?: string;
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "changes";
                    } | {
                        filter: {
                            /** Format: uuid */
                            fileId: string;
                        };
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "errors";
                    } | {
                        filter?: {
                            from?: string;
                            /** @enum {string} */
                            group?: "hour" | "day" | "week" | "month";
                            to?: string;
                        } | null;
                        /** @enum {string} */
                        format: "csv" | "xlsx" | "xls" | "json" | "pdf";
                        /** @enum {string} */
                        kind: "analytics";
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "kind": "orders",
                         *       "format": "csv",
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "rows": 1,
                         *       "rowsTotal": 1,
                         *       "sizeBytes": 1,
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "expiresAt": "2025-07-01T09:55:56.000+05:00",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an export is
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "kind": "orders",
                         *       "format": "csv",
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "rows": 1,
                         *       "rowsTotal": 1,
                         *       "sizeBytes": 1,
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "expiresAt": "2025-07-01T09:55:56.000+05:00",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop an export, or give up its file
         * @description Role: viewer
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "kind": "orders",
                         *       "format": "csv",
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "rows": 1,
                         *       "rowsTotal": 1,
                         *       "sizeBytes": 1,
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "expiresAt": "2025-07-01T09:55:56.000+05:00",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Export"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The file of a completed export
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /** @example  */
                        "application/json": string;
                        "application/pdf": string;
                        "application/vnd.ms-excel": string;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                    /** @example a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90 */
                    sha256?: string;
                    /** @example happy_workers */
                    source?: string;
                    /** @example queued */
                    status?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "memberPath": "15000",
                         *           "name": "report.xlsx",
                         *           "sizeBytes": 1,
                         *           "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *           "format": "15000",
                         *           "source": "happy_workers",
                         *           "sourceConfidence": 1,
                         *           "status": "queued",
                         *           "phase": "waiting",
                         *           "mode": "queue",
                         *           "run": 1,
                         *           "progress": 1,
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1,
                         *             "filled": 1,
                         *             "changed": 1
                         *           },
                         *           "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *           "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *           "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "error": {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000",
                         *             "hint": "15000"
                         *           },
                         *           "warnings": [
                         *             {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000",
                         *               "hint": "15000"
                         *             }
                         *           ],
                         *           "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *           "createdBy": "15000",
                         *           "createdByName": "15000",
                         *           "door": "page",
                         *           "ordersChanged": 1,
                         *           "openErrors": 1,
                         *           "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctsName": "15000",
                         *           "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctedByName": "15000",
                         *           "retry": {
                         *             "attempts": 1,
                         *             "nextAttemptAt": "15000",
                         *             "reason": "database"
                         *           },
                         *           "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *           "undoneBy": "15000",
                         *           "undoneByName": "15000",
                         *           "undoReason": "15000",
                         *           "preview": {
                         *             "rows": {
                         *               "read": 1,
                         *               "new": 1,
                         *               "updated": 1,
                         *               "filled": 1,
                         *               "changed": 1,
                         *               "unchanged": 1,
                         *               "rejected": 1,
                         *               "skipped": 1
                         *             },
                         *             "orders": {
                         *               "new": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "gained": true
                         *               }
                         *             ],
                         *             "samples": [
                         *               {
                         *                 "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *                 "machineCode": "a7ca181f0000",
                         *                 "source": "happy_workers",
                         *                 "field": "15000",
                         *                 "oldValue": "15000",
                         *                 "newValue": "15000",
                         *                 "changeType": "15000"
                         *               }
                         *             ],
                         *             "against": 1,
                         *             "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *             "differs": true,
                         *             "differences": [
                         *               "rows"
                         *             ],
                         *             "result": {
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "filled": 1,
                         *                 "changed": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1
                         *               },
                         *               "orders": {
                         *                 "new": 1,
                         *                 "changed": 1
                         *               },
                         *               "statuses": [
                         *                 {
                         *                   "from": "2025-07-01",
                         *                   "to": "2025-07-31",
                         *                   "count": 1,
                         *                   "sum": "15000"
                         *                 }
                         *               ],
                         *               "issues": [
                         *                 {
                         *                   "code": "no_receipt",
                         *                   "raised": 1,
                         *                   "cleared": 1
                         *                 }
                         *               ],
                         *               "coverage": [
                         *                 {
                         *                   "source": "happy_workers",
                         *                   "from": "2025-07-01T09:55:56.000+05:00",
                         *                   "to": "2025-07-01T09:55:56.000+05:00",
                         *                   "gained": true
                         *                 }
                         *               ],
                         *               "samples": [
                         *                 {
                         *                   "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *                   "machineCode": "a7ca181f0000",
                         *                   "source": "happy_workers",
                         *                   "field": "15000",
                         *                   "oldValue": "15000",
                         *                   "newValue": "15000",
                         *                   "changeType": "15000"
                         *                 }
                         *               ]
                         *             }
                         *           }
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["File"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Upload reports
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "multipart/form-data": {
                        files?: string[];
                        source?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "session": {
                         *         "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *         "status": "queued",
                         *         "mode": "queue",
                         *         "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *         "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *         "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *         "createdBy": "15000",
                         *         "createdByName": "15000",
                         *         "door": "page",
                         *         "totalFiles": 1,
                         *         "processedFiles": 1,
                         *         "totals": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "progress": 1,
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "memberPath": "15000",
                         *             "name": "report.xlsx",
                         *             "sizeBytes": 1,
                         *             "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *             "format": "15000",
                         *             "source": "happy_workers",
                         *             "sourceConfidence": 1,
                         *             "status": "queued",
                         *             "phase": "waiting",
                         *             "mode": "queue",
                         *             "run": 1,
                         *             "progress": 1,
                         *             "rows": {
                         *               "read": 1,
                         *               "new": 1,
                         *               "updated": 1,
                         *               "unchanged": 1,
                         *               "rejected": 1,
                         *               "skipped": 1,
                         *               "filled": 1,
                         *               "changed": 1
                         *             },
                         *             "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *             "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *             "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "error": {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000",
                         *               "hint": "15000"
                         *             },
                         *             "warnings": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "params": {},
                         *                 "message": "Нет чека на 15 000",
                         *                 "hint": "15000"
                         *               }
                         *             ],
                         *             "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *             "createdBy": "15000",
                         *             "createdByName": "15000",
                         *             "door": "page",
                         *             "ordersChanged": 1,
                         *             "openErrors": 1,
                         *             "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "correctsName": "15000",
                         *             "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "correctedByName": "15000",
                         *             "retry": {
                         *               "attempts": 1,
                         *               "nextAttemptAt": "15000",
                         *               "reason": "database"
                         *             },
                         *             "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *             "undoneBy": "15000",
                         *             "undoneByName": "15000",
                         *             "undoReason": "15000",
                         *             "preview": {
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "filled": 1,
                         *                 "changed": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1
                         *               },
                         *               "orders": {
                         *                 "new": 1,
                         *                 "changed": 1
                         *               },
                         *               "statuses": [
                         *                 {
                         *                   "from": null,
                         *                   "to": null,
                         *                   "count": null,
                         *                   "sum": null
                         *                 }
                         *               ],
                         *               "issues": [
                         *                 {
                         *                   "code": null,
                         *                   "raised": null,
                         *                   "cleared": null
                         *                 }
                         *               ],
                         *               "coverage": [
                         *                 {
                         *                   "source": null,
                         *                   "from": null,
                         *                   "to": null,
                         *                   "gained": null
                         *                 }
                         *               ],
                         *               "samples": [
                         *                 {
                         *                   "orderNumber": null,
                         *                   "machineCode": null,
                         *                   "source": null,
                         *                   "field": null,
                         *                   "oldValue": null,
                         *                   "newValue": null,
                         *                   "changeType": null
                         *                 }
                         *               ],
                         *               "against": 1,
                         *               "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *               "differs": true,
                         *               "differences": [
                         *                 "rows"
                         *               ],
                         *               "result": {
                         *                 "rows": {
                         *                   "read": null,
                         *                   "new": null,
                         *                   "updated": null,
                         *                   "filled": null,
                         *                   "changed": null,
                         *                   "unchanged": null,
                         *                   "rejected": null,
                         *                   "skipped": null
                         *                 },
                         *                 "orders": {
                         *                   "new": null,
                         *                   "changed": null
                         *                 },
                         *                 "statuses": [
                         *                   null
                         *                 ],
                         *                 "issues": [
                         *                   null
                         *                 ],
                         *                 "coverage": [
                         *                   null
                         *                 ],
                         *                 "samples": [
                         *                   null
                         *                 ]
                         *               }
                         *             }
                         *           }
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": {
                            session: components["schemas"]["Session"];
                        };
                    };
                };
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "session": {
                         *         "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *         "status": "queued",
                         *         "mode": "queue",
                         *         "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *         "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *         "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *         "createdBy": "15000",
                         *         "createdByName": "15000",
                         *         "door": "page",
                         *         "totalFiles": 1,
                         *         "processedFiles": 1,
                         *         "totals": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "progress": 1,
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "memberPath": "15000",
                         *             "name": "report.xlsx",
                         *             "sizeBytes": 1,
                         *             "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *             "format": "15000",
                         *             "source": "happy_workers",
                         *             "sourceConfidence": 1,
                         *             "status": "queued",
                         *             "phase": "waiting",
                         *             "mode": "queue",
                         *             "run": 1,
                         *             "progress": 1,
                         *             "rows": {
                         *               "read": 1,
                         *               "new": 1,
                         *               "updated": 1,
                         *               "unchanged": 1,
                         *               "rejected": 1,
                         *               "skipped": 1,
                         *               "filled": 1,
                         *               "changed": 1
                         *             },
                         *             "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *             "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *             "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "error": {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000",
                         *               "hint": "15000"
                         *             },
                         *             "warnings": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "params": {},
                         *                 "message": "Нет чека на 15 000",
                         *                 "hint": "15000"
                         *               }
                         *             ],
                         *             "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *             "createdBy": "15000",
                         *             "createdByName": "15000",
                         *             "door": "page",
                         *             "ordersChanged": 1,
                         *             "openErrors": 1,
                         *             "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "correctsName": "15000",
                         *             "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "correctedByName": "15000",
                         *             "retry": {
                         *               "attempts": 1,
                         *               "nextAttemptAt": "15000",
                         *               "reason": "database"
                         *             },
                         *             "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *             "undoneBy": "15000",
                         *             "undoneByName": "15000",
                         *             "undoReason": "15000",
                         *             "preview": {
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "filled": 1,
                         *                 "changed": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1
                         *               },
                         *               "orders": {
                         *                 "new": 1,
                         *                 "changed": 1
                         *               },
                         *               "statuses": [
                         *                 {
                         *                   "from": null,
                         *                   "to": null,
                         *                   "count": null,
                         *                   "sum": null
                         *                 }
                         *               ],
                         *               "issues": [
                         *                 {
                         *                   "code": null,
                         *                   "raised": null,
                         *                   "cleared": null
                         *                 }
                         *               ],
                         *               "coverage": [
                         *                 {
                         *                   "source": null,
                         *                   "from": null,
                         *                   "to": null,
                         *                   "gained": null
                         *                 }
                         *               ],
                         *               "samples": [
                         *                 {
                         *                   "orderNumber": null,
                         *                   "machineCode": null,
                         *                   "source": null,
                         *                   "field": null,
                         *                   "oldValue": null,
                         *                   "newValue": null,
                         *                   "changeType": null
                         *                 }
                         *               ],
                         *               "against": 1,
                         *               "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *               "differs": true,
                         *               "differences": [
                         *                 "rows"
                         *               ],
                         *               "result": {
                         *                 "rows": {
                         *                   "read": null,
                         *                   "new": null,
                         *                   "updated": null,
                         *                   "filled": null,
                         *                   "changed": null,
                         *                   "unchanged": null,
                         *                   "rejected": null,
                         *                   "skipped": null
                         *                 },
                         *                 "orders": {
                         *                   "new": null,
                         *                   "changed": null
                         *                 },
                         *                 "statuses": [
                         *                   null
                         *                 ],
                         *                 "issues": [
                         *                   null
                         *                 ],
                         *                 "coverage": [
                         *                   null
                         *                 ],
                         *                 "samples": [
                         *                   null
                         *                 ]
                         *               }
                         *             }
                         *           }
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": {
                            session: components["schemas"]["Session"];
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One file, with how it was recognised
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "memberPath": "15000",
                         *       "name": "report.xlsx",
                         *       "sizeBytes": 1,
                         *       "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *       "format": "15000",
                         *       "source": "happy_workers",
                         *       "sourceConfidence": 1,
                         *       "status": "queued",
                         *       "phase": "waiting",
                         *       "mode": "queue",
                         *       "run": 1,
                         *       "progress": 1,
                         *       "rows": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1,
                         *         "filled": 1,
                         *         "changed": 1
                         *       },
                         *       "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *       "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *       "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "warnings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000"
                         *         }
                         *       ],
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "ordersChanged": 1,
                         *       "openErrors": 1,
                         *       "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctsName": "15000",
                         *       "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctedByName": "15000",
                         *       "retry": {
                         *         "attempts": 1,
                         *         "nextAttemptAt": "15000",
                         *         "reason": "database"
                         *       },
                         *       "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *       "undoneBy": "15000",
                         *       "undoneByName": "15000",
                         *       "undoReason": "15000",
                         *       "preview": {
                         *         "rows": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "filled": 1,
                         *           "changed": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "orders": {
                         *           "new": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "gained": true
                         *           }
                         *         ],
                         *         "samples": [
                         *           {
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "machineCode": "a7ca181f0000",
                         *             "source": "happy_workers",
                         *             "field": "15000",
                         *             "oldValue": "15000",
                         *             "newValue": "15000",
                         *             "changeType": "15000"
                         *           }
                         *         ],
                         *         "against": 1,
                         *         "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *         "differs": true,
                         *         "differences": [
                         *           "rows"
                         *         ],
                         *         "result": {
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "filled": 1,
                         *             "changed": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "orders": {
                         *             "new": 1,
                         *             "changed": 1
                         *           },
                         *           "statuses": [
                         *             {
                         *               "from": "2025-07-01",
                         *               "to": "2025-07-31",
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "issues": [
                         *             {
                         *               "code": "no_receipt",
                         *               "raised": 1,
                         *               "cleared": 1
                         *             }
                         *           ],
                         *           "coverage": [
                         *             {
                         *               "source": "happy_workers",
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00",
                         *               "gained": true
                         *             }
                         *           ],
                         *           "samples": [
                         *             {
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "machineCode": "a7ca181f0000",
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "changeType": "15000"
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "recognition": {
                         *         "strength": 1,
                         *         "runnerUp": {
                         *           "source": "happy_workers",
                         *           "strength": 1
                         *         },
                         *         "missing": [
                         *           "15000"
                         *         ],
                         *         "unknown": [
                         *           "15000"
                         *         ],
                         *         "headerRow": 1,
                         *         "sheet": "15000",
                         *         "delimiter": "15000",
                         *         "encoding": "15000",
                         *         "columns": [
                         *           {
                         *             "header": "15000",
                         *             "field": "15000",
                         *             "style": "15000",
                         *             "evidence": "15000"
                         *           }
                         *         ],
                         *         "question": {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "candidates": [
                         *             "happy_workers"
                         *           ]
                         *         },
                         *         "suggestions": {},
                         *         "drift": {
                         *           "signature": "15000",
                         *           "source": "15000",
                         *           "added": [
                         *             "15000"
                         *           ],
                         *           "removed": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "preview": [
                         *           [
                         *             "15000"
                         *           ]
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a file for real that was looked at
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "memberPath": "15000",
                         *       "name": "report.xlsx",
                         *       "sizeBytes": 1,
                         *       "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *       "format": "15000",
                         *       "source": "happy_workers",
                         *       "sourceConfidence": 1,
                         *       "status": "queued",
                         *       "phase": "waiting",
                         *       "mode": "queue",
                         *       "run": 1,
                         *       "progress": 1,
                         *       "rows": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1,
                         *         "filled": 1,
                         *         "changed": 1
                         *       },
                         *       "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *       "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *       "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "warnings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000"
                         *         }
                         *       ],
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "ordersChanged": 1,
                         *       "openErrors": 1,
                         *       "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctsName": "15000",
                         *       "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctedByName": "15000",
                         *       "retry": {
                         *         "attempts": 1,
                         *         "nextAttemptAt": "15000",
                         *         "reason": "database"
                         *       },
                         *       "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *       "undoneBy": "15000",
                         *       "undoneByName": "15000",
                         *       "undoReason": "15000",
                         *       "preview": {
                         *         "rows": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "filled": 1,
                         *           "changed": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "orders": {
                         *           "new": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "gained": true
                         *           }
                         *         ],
                         *         "samples": [
                         *           {
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "machineCode": "a7ca181f0000",
                         *             "source": "happy_workers",
                         *             "field": "15000",
                         *             "oldValue": "15000",
                         *             "newValue": "15000",
                         *             "changeType": "15000"
                         *           }
                         *         ],
                         *         "against": 1,
                         *         "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *         "differs": true,
                         *         "differences": [
                         *           "rows"
                         *         ],
                         *         "result": {
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "filled": 1,
                         *             "changed": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "orders": {
                         *             "new": 1,
                         *             "changed": 1
                         *           },
                         *           "statuses": [
                         *             {
                         *               "from": "2025-07-01",
                         *               "to": "2025-07-31",
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "issues": [
                         *             {
                         *               "code": "no_receipt",
                         *               "raised": 1,
                         *               "cleared": 1
                         *             }
                         *           ],
                         *           "coverage": [
                         *             {
                         *               "source": "happy_workers",
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00",
                         *               "gained": true
                         *             }
                         *           ],
                         *           "samples": [
                         *             {
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "machineCode": "a7ca181f0000",
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "changeType": "15000"
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "recognition": {
                         *         "strength": 1,
                         *         "runnerUp": {
                         *           "source": "happy_workers",
                         *           "strength": 1
                         *         },
                         *         "missing": [
                         *           "15000"
                         *         ],
                         *         "unknown": [
                         *           "15000"
                         *         ],
                         *         "headerRow": 1,
                         *         "sheet": "15000",
                         *         "delimiter": "15000",
                         *         "encoding": "15000",
                         *         "columns": [
                         *           {
                         *             "header": "15000",
                         *             "field": "15000",
                         *             "style": "15000",
                         *             "evidence": "15000"
                         *           }
                         *         ],
                         *         "question": {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "candidates": [
                         *             "happy_workers"
                         *           ]
                         *         },
                         *         "suggestions": {},
                         *         "drift": {
                         *           "signature": "15000",
                         *           "source": "15000",
                         *           "added": [
                         *             "15000"
                         *           ],
                         *           "removed": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "preview": [
                         *           [
                         *             "15000"
                         *           ]
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a file
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "memberPath": "15000",
                         *       "name": "report.xlsx",
                         *       "sizeBytes": 1,
                         *       "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *       "format": "15000",
                         *       "source": "happy_workers",
                         *       "sourceConfidence": 1,
                         *       "status": "queued",
                         *       "phase": "waiting",
                         *       "mode": "queue",
                         *       "run": 1,
                         *       "progress": 1,
                         *       "rows": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1,
                         *         "filled": 1,
                         *         "changed": 1
                         *       },
                         *       "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *       "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *       "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "warnings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000"
                         *         }
                         *       ],
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "ordersChanged": 1,
                         *       "openErrors": 1,
                         *       "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctsName": "15000",
                         *       "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctedByName": "15000",
                         *       "retry": {
                         *         "attempts": 1,
                         *         "nextAttemptAt": "15000",
                         *         "reason": "database"
                         *       },
                         *       "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *       "undoneBy": "15000",
                         *       "undoneByName": "15000",
                         *       "undoReason": "15000",
                         *       "preview": {
                         *         "rows": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "filled": 1,
                         *           "changed": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "orders": {
                         *           "new": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "gained": true
                         *           }
                         *         ],
                         *         "samples": [
                         *           {
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "machineCode": "a7ca181f0000",
                         *             "source": "happy_workers",
                         *             "field": "15000",
                         *             "oldValue": "15000",
                         *             "newValue": "15000",
                         *             "changeType": "15000"
                         *           }
                         *         ],
                         *         "against": 1,
                         *         "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *         "differs": true,
                         *         "differences": [
                         *           "rows"
                         *         ],
                         *         "result": {
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "filled": 1,
                         *             "changed": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "orders": {
                         *             "new": 1,
                         *             "changed": 1
                         *           },
                         *           "statuses": [
                         *             {
                         *               "from": "2025-07-01",
                         *               "to": "2025-07-31",
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "issues": [
                         *             {
                         *               "code": "no_receipt",
                         *               "raised": 1,
                         *               "cleared": 1
                         *             }
                         *           ],
                         *           "coverage": [
                         *             {
                         *               "source": "happy_workers",
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00",
                         *               "gained": true
                         *             }
                         *           ],
                         *           "samples": [
                         *             {
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "machineCode": "a7ca181f0000",
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "changeType": "15000"
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "recognition": {
                         *         "strength": 1,
                         *         "runnerUp": {
                         *           "source": "happy_workers",
                         *           "strength": 1
                         *         },
                         *         "missing": [
                         *           "15000"
                         *         ],
                         *         "unknown": [
                         *           "15000"
                         *         ],
                         *         "headerRow": 1,
                         *         "sheet": "15000",
                         *         "delimiter": "15000",
                         *         "encoding": "15000",
                         *         "columns": [
                         *           {
                         *             "header": "15000",
                         *             "field": "15000",
                         *             "style": "15000",
                         *             "evidence": "15000"
                         *           }
                         *         ],
                         *         "question": {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "candidates": [
                         *             "happy_workers"
                         *           ]
                         *         },
                         *         "suggestions": {},
                         *         "drift": {
                         *           "signature": "15000",
                         *           "source": "15000",
                         *           "added": [
                         *             "15000"
                         *           ],
                         *           "removed": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "preview": [
                         *           [
                         *             "15000"
                         *           ]
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The original bytes
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description The range that was asked for */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                /** @description The file has no such range */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected rows with their reasons; xlsx and csv hold the own columns of the file, to be mended and uploaded again
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example json */
                    format?: "json" | "csv" | "xlsx";
                    /** @example 50 */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "row": 1,
                         *           "sheet": "15000",
                         *           "column": "15000",
                         *           "field": "15000",
                         *           "value": "15000",
                         *           "severity": "error"
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["RowError"][];
                            nextCursor: string | null;
                        };
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/errors/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rejected rows by code and column, with the first three of each
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "code": "no_receipt",
                         *           "column": "15000",
                         *           "field": "15000",
                         *           "severity": "error",
                         *           "count": 1,
                         *           "open": 1,
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "samples": [
                         *             {
                         *               "row": 1,
                         *               "sheet": "15000",
                         *               "value": "15000"
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["ErrorGroup"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/mapping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer the question about a file and go on with it
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "source": "happy_workers",
                     *       "columns": {},
                     *       "sheet": "15000",
                     *       "headerRow": 1,
                     *       "delimiter": ",",
                     *       "encoding": "15000",
                     *       "styles": {},
                     *       "acceptDrift": true,
                     *       "identities": "new",
                     *       "remember": true
                     *     }
                     */
                    "application/json": {
                        acceptDrift?: boolean;
                        columns?: {
                            [key: string]: string | null;
                        };
                        /** @enum {string} */
                        delimiter?: "," | ";" | "\t" | "|";
                        encoding?: string;
                        headerRow?: number;
                        /** @enum {string} */
                        identities?: "new" | "replace";
                        remember?: boolean;
                        sheet?: string;
                        /** @enum {string} */
                        source?: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        styles?: {
                            [key: string]: "point" | "comma" | "day_first" | "month_first" | "date_only";
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "memberPath": "15000",
                         *       "name": "report.xlsx",
                         *       "sizeBytes": 1,
                         *       "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *       "format": "15000",
                         *       "source": "happy_workers",
                         *       "sourceConfidence": 1,
                         *       "status": "queued",
                         *       "phase": "waiting",
                         *       "mode": "queue",
                         *       "run": 1,
                         *       "progress": 1,
                         *       "rows": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1,
                         *         "filled": 1,
                         *         "changed": 1
                         *       },
                         *       "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *       "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *       "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "warnings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000"
                         *         }
                         *       ],
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "ordersChanged": 1,
                         *       "openErrors": 1,
                         *       "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctsName": "15000",
                         *       "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctedByName": "15000",
                         *       "retry": {
                         *         "attempts": 1,
                         *         "nextAttemptAt": "15000",
                         *         "reason": "database"
                         *       },
                         *       "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *       "undoneBy": "15000",
                         *       "undoneByName": "15000",
                         *       "undoReason": "15000",
                         *       "preview": {
                         *         "rows": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "filled": 1,
                         *           "changed": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "orders": {
                         *           "new": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "gained": true
                         *           }
                         *         ],
                         *         "samples": [
                         *           {
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "machineCode": "a7ca181f0000",
                         *             "source": "happy_workers",
                         *             "field": "15000",
                         *             "oldValue": "15000",
                         *             "newValue": "15000",
                         *             "changeType": "15000"
                         *           }
                         *         ],
                         *         "against": 1,
                         *         "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *         "differs": true,
                         *         "differences": [
                         *           "rows"
                         *         ],
                         *         "result": {
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "filled": 1,
                         *             "changed": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "orders": {
                         *             "new": 1,
                         *             "changed": 1
                         *           },
                         *           "statuses": [
                         *             {
                         *               "from": "2025-07-01",
                         *               "to": "2025-07-31",
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "issues": [
                         *             {
                         *               "code": "no_receipt",
                         *               "raised": 1,
                         *               "cleared": 1
                         *             }
                         *           ],
                         *           "coverage": [
                         *             {
                         *               "source": "happy_workers",
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00",
                         *               "gained": true
                         *             }
                         *           ],
                         *           "samples": [
                         *             {
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "machineCode": "a7ca181f0000",
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "changeType": "15000"
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "recognition": {
                         *         "strength": 1,
                         *         "runnerUp": {
                         *           "source": "happy_workers",
                         *           "strength": 1
                         *         },
                         *         "missing": [
                         *           "15000"
                         *         ],
                         *         "unknown": [
                         *           "15000"
                         *         ],
                         *         "headerRow": 1,
                         *         "sheet": "15000",
                         *         "delimiter": "15000",
                         *         "encoding": "15000",
                         *         "columns": [
                         *           {
                         *             "header": "15000",
                         *             "field": "15000",
                         *             "style": "15000",
                         *             "evidence": "15000"
                         *           }
                         *         ],
                         *         "question": {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "candidates": [
                         *             "happy_workers"
                         *           ]
                         *         },
                         *         "suggestions": {},
                         *         "drift": {
                         *           "signature": "15000",
                         *           "source": "15000",
                         *           "added": [
                         *             "15000"
                         *           ],
                         *           "removed": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "preview": [
                         *           [
                         *             "15000"
                         *           ]
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a failed or cancelled file again
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "memberPath": "15000",
                         *       "name": "report.xlsx",
                         *       "sizeBytes": 1,
                         *       "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *       "format": "15000",
                         *       "source": "happy_workers",
                         *       "sourceConfidence": 1,
                         *       "status": "queued",
                         *       "phase": "waiting",
                         *       "mode": "queue",
                         *       "run": 1,
                         *       "progress": 1,
                         *       "rows": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1,
                         *         "filled": 1,
                         *         "changed": 1
                         *       },
                         *       "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *       "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *       "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "warnings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000"
                         *         }
                         *       ],
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "ordersChanged": 1,
                         *       "openErrors": 1,
                         *       "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctsName": "15000",
                         *       "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "correctedByName": "15000",
                         *       "retry": {
                         *         "attempts": 1,
                         *         "nextAttemptAt": "15000",
                         *         "reason": "database"
                         *       },
                         *       "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *       "undoneBy": "15000",
                         *       "undoneByName": "15000",
                         *       "undoReason": "15000",
                         *       "preview": {
                         *         "rows": {
                         *           "read": 1,
                         *           "new": 1,
                         *           "updated": 1,
                         *           "filled": 1,
                         *           "changed": 1,
                         *           "unchanged": 1,
                         *           "rejected": 1,
                         *           "skipped": 1
                         *         },
                         *         "orders": {
                         *           "new": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "gained": true
                         *           }
                         *         ],
                         *         "samples": [
                         *           {
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "machineCode": "a7ca181f0000",
                         *             "source": "happy_workers",
                         *             "field": "15000",
                         *             "oldValue": "15000",
                         *             "newValue": "15000",
                         *             "changeType": "15000"
                         *           }
                         *         ],
                         *         "against": 1,
                         *         "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *         "differs": true,
                         *         "differences": [
                         *           "rows"
                         *         ],
                         *         "result": {
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "filled": 1,
                         *             "changed": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "orders": {
                         *             "new": 1,
                         *             "changed": 1
                         *           },
                         *           "statuses": [
                         *             {
                         *               "from": "2025-07-01",
                         *               "to": "2025-07-31",
                         *               "count": 1,
                         *               "sum": "15000"
                         *             }
                         *           ],
                         *           "issues": [
                         *             {
                         *               "code": "no_receipt",
                         *               "raised": 1,
                         *               "cleared": 1
                         *             }
                         *           ],
                         *           "coverage": [
                         *             {
                         *               "source": "happy_workers",
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00",
                         *               "gained": true
                         *             }
                         *           ],
                         *           "samples": [
                         *             {
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "machineCode": "a7ca181f0000",
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "changeType": "15000"
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "recognition": {
                         *         "strength": 1,
                         *         "runnerUp": {
                         *           "source": "happy_workers",
                         *           "strength": 1
                         *         },
                         *         "missing": [
                         *           "15000"
                         *         ],
                         *         "unknown": [
                         *           "15000"
                         *         ],
                         *         "headerRow": 1,
                         *         "sheet": "15000",
                         *         "delimiter": "15000",
                         *         "encoding": "15000",
                         *         "columns": [
                         *           {
                         *             "header": "15000",
                         *             "field": "15000",
                         *             "style": "15000",
                         *             "evidence": "15000"
                         *           }
                         *         ],
                         *         "question": {
                         *           "code": "no_receipt",
                         *           "params": {},
                         *           "message": "Нет чека на 15 000",
                         *           "hint": "15000",
                         *           "candidates": [
                         *             "happy_workers"
                         *           ]
                         *         },
                         *         "suggestions": {},
                         *         "drift": {
                         *           "signature": "15000",
                         *           "source": "15000",
                         *           "added": [
                         *             "15000"
                         *           ],
                         *           "removed": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "preview": [
                         *           [
                         *             "15000"
                         *           ]
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["FileDetail"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last taking back of a file
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "fileIds": [
                         *         "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11"
                         *       ],
                         *       "dryRun": true,
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "blockedBy": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "receipt": {
                         *         "rows": {
                         *           "removed": 1,
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "fields": {
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "orders": {
                         *           "removed": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "decisions": {
                         *           "stale": 1
                         *         },
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "lost": true
                         *           }
                         *         ],
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "name": "report.xlsx",
                         *             "source": "happy_workers",
                         *             "rows": {
                         *               "removed": 1,
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "fields": {
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "orders": {
                         *               "removed": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "decisions": {
                         *               "stale": 1
                         *             },
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "lost": true
                         *               }
                         *             ]
                         *           }
                         *         ]
                         *       },
                         *       "reason": "Загружен отчёт не за тот месяц",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00"
                         *     }
                         */
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Take the import of a file back, or say what that would change
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "reason": "Загружен отчёт не за тот месяц"
                     *     }
                     */
                    "application/json": {
                        /** @default false */
                        dryRun?: boolean;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "fileIds": [
                         *         "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11"
                         *       ],
                         *       "dryRun": true,
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "blockedBy": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "receipt": {
                         *         "rows": {
                         *           "removed": 1,
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "fields": {
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "orders": {
                         *           "removed": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "decisions": {
                         *           "stale": 1
                         *         },
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "lost": true
                         *           }
                         *         ],
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "name": "report.xlsx",
                         *             "source": "happy_workers",
                         *             "rows": {
                         *               "removed": 1,
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "fields": {
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "orders": {
                         *               "removed": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "decisions": {
                         *               "stale": 1
                         *             },
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "lost": true
                         *               }
                         *             ]
                         *           }
                         *         ]
                         *       },
                         *       "reason": "Загружен отчёт не за тот месяц",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00"
                         *     }
                         */
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the page checks before sending
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "maxFiles": 1,
                         *       "maxFileBytes": 1,
                         *       "maxRequestBytes": 1,
                         *       "formats": [
                         *         "15000"
                         *       ],
                         *       "sources": [
                         *         "happy_workers"
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Limits"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reconciled orders and orphan proofs, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 5000 */
                    amountFrom?: string;
                    /** @example 20000 */
                    amountTo?: string;
                    /** @example new */
                    changeType?: string;
                    cursor?: string;
                    /**
                     * @description orders in which this file filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    file?: string;
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example delivery_failed_but_paid */
                    issue?: string;
                    /** @example 50 */
                    limit?: number;
                    /** @example a7ca181f0000 */
                    machine?: string;
                    /** @example cash */
                    paymentType?: string;
                    /** @example true */
                    pending?: "true" | "false";
                    /** @example 15000 */
                    q?: string;
                    /**
                     * @description a proof that is missing, apart from one that is there and differs
                     * @example no_receipt
                     */
                    reason?: string;
                    /**
                     * @description sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them
                     * @example unpaid
                     */
                    sale?: string;
                    /**
                     * @description orders in which a file of this upload filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    session?: string;
                    /** @example true */
                    settled?: "true" | "false";
                    /**
                     * @description a column of the list, downwards with a minus before it; equal ones by time, empty ones last
                     * @example time
                     */
                    sort?: "time" | "-time" | "order" | "-order" | "place" | "-place" | "goods" | "-goods" | "price" | "-price" | "payment" | "-payment" | "legs" | "-legs" | "status" | "-status" | "issues" | "-issues" | "difference" | "-difference" | "why" | "-why";
                    /** @example happy_workers */
                    source?: string;
                    /** @example unmatched */
                    status?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "8974",
                         *           "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *           "machineCode": "a7ca181f0000",
                         *           "machineName": "Чиланзар, 7 квартал",
                         *           "status": "unmatched",
                         *           "pending": true,
                         *           "settled": true,
                         *           "issues": [
                         *             "delivery_failed_but_paid"
                         *           ],
                         *           "paymentType": "cash",
                         *           "price": "15000",
                         *           "time": "2025-07-01T09:55:56.000+05:00",
                         *           "goodsName": "Горячий шоколад",
                         *           "version": 1,
                         *           "lastChange": "new",
                         *           "sale": "unpaid",
                         *           "decision": {
                         *             "id": "8974",
                         *             "kind": "link",
                         *             "resolution": "valid",
                         *             "note": "Проверено по журналу автомата",
                         *             "recordId": "payme-31",
                         *             "stale": true,
                         *             "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *             "createdBy": "15000",
                         *             "createdByName": "15000"
                         *           },
                         *           "legs": {
                         *             "happy_workers": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             },
                         *             "vendhub": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             },
                         *             "fiscal_bills": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             },
                         *             "payme": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             },
                         *             "click": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             },
                         *             "uzum": {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "more": [
                         *                 {
                         *                   "recordId": null,
                         *                   "key": null,
                         *                   "fileId": null,
                         *                   "sheet": null,
                         *                   "row": null
                         *                 }
                         *               ]
                         *             }
                         *           },
                         *           "changes": [
                         *             {
                         *               "source": "happy_workers",
                         *               "field": "15000",
                         *               "changeType": "filled",
                         *               "oldValue": "15000",
                         *               "newValue": "15000",
                         *               "version": 1,
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "changedAt": "2025-07-01T09:55:56.000+05:00"
                         *             }
                         *           ],
                         *           "difference": "15000",
                         *           "why": {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000"
                         *           },
                         *           "found": [
                         *             "order_number"
                         *           ]
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["Order"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One order: every leg with its origin, and why it has its status
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *       "machineCode": "a7ca181f0000",
                         *       "machineName": "Чиланзар, 7 квартал",
                         *       "status": "unmatched",
                         *       "pending": true,
                         *       "settled": true,
                         *       "issues": [
                         *         "delivery_failed_but_paid"
                         *       ],
                         *       "paymentType": "cash",
                         *       "price": "15000",
                         *       "time": "2025-07-01T09:55:56.000+05:00",
                         *       "goodsName": "Горячий шоколад",
                         *       "version": 1,
                         *       "lastChange": "new",
                         *       "sale": "unpaid",
                         *       "decision": {
                         *         "id": "8974",
                         *         "kind": "link",
                         *         "resolution": "valid",
                         *         "note": "Проверено по журналу автомата",
                         *         "recordId": "payme-31",
                         *         "stale": true,
                         *         "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *         "createdBy": "15000",
                         *         "createdByName": "15000"
                         *       },
                         *       "legs": {
                         *         "happy_workers": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *           "operatorCode": "15000",
                         *           "goodsName": "Горячий шоколад",
                         *           "tasteName": "15000",
                         *           "orderResource": "15000",
                         *           "orderType": "15000",
                         *           "paymentStatus": "15000",
                         *           "cupType": 1,
                         *           "machineCode": "a7ca181f0000",
                         *           "address": "192.0.2.10",
                         *           "orderPrice": "15000",
                         *           "brewStatus": "15000",
                         *           "creationTime": "2025-07-01T09:55:56.000+05:00",
                         *           "payingTime": "2025-07-01T09:55:56.000+05:00",
                         *           "brewingTime": "2025-07-01T09:55:56.000+05:00",
                         *           "deliveryTime": "2025-07-01T09:55:56.000+05:00",
                         *           "refundTime": "2025-07-01T09:55:56.000+05:00",
                         *           "payCard": "15000",
                         *           "reason": "Загружен отчёт не за тот месяц",
                         *           "remark": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "operatorCode": "15000",
                         *               "goodsName": "Горячий шоколад",
                         *               "tasteName": "15000",
                         *               "orderResource": "15000",
                         *               "orderType": "15000",
                         *               "paymentStatus": "15000",
                         *               "cupType": 1,
                         *               "machineCode": "a7ca181f0000",
                         *               "address": "192.0.2.10",
                         *               "orderPrice": "15000",
                         *               "brewStatus": "15000",
                         *               "creationTime": "2025-07-01T09:55:56.000+05:00",
                         *               "payingTime": "2025-07-01T09:55:56.000+05:00",
                         *               "brewingTime": "2025-07-01T09:55:56.000+05:00",
                         *               "deliveryTime": "2025-07-01T09:55:56.000+05:00",
                         *               "refundTime": "2025-07-01T09:55:56.000+05:00",
                         *               "payCard": "15000",
                         *               "reason": "Загружен отчёт не за тот месяц",
                         *               "remark": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         },
                         *         "vendhub": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "reportId": "15000",
                         *           "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *           "goodsId": "15000",
                         *           "eventTime": "2025-07-01T09:55:56.000+05:00",
                         *           "goodsName": "Горячий шоколад",
                         *           "orderPrice": "15000",
                         *           "ikpu": "15000",
                         *           "barcode": "15000",
                         *           "marking": "15000",
                         *           "packaging": "15000",
                         *           "orderResource": "15000",
                         *           "paymentType": "15000",
                         *           "machineCategory": "15000",
                         *           "machineCode": "a7ca181f0000",
                         *           "bonusAmount": "15000",
                         *           "username": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "reportId": "15000",
                         *               "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *               "goodsId": "15000",
                         *               "eventTime": "2025-07-01T09:55:56.000+05:00",
                         *               "goodsName": "Горячий шоколад",
                         *               "orderPrice": "15000",
                         *               "ikpu": "15000",
                         *               "barcode": "15000",
                         *               "marking": "15000",
                         *               "packaging": "15000",
                         *               "orderResource": "15000",
                         *               "paymentType": "15000",
                         *               "machineCategory": "15000",
                         *               "machineCode": "a7ca181f0000",
                         *               "bonusAmount": "15000",
                         *               "username": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         },
                         *         "fiscal_bills": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "fiscalTime": "2025-07-01T09:55:56.000+05:00",
                         *           "operationType": "15000",
                         *           "fiscalCheckNumber": "15000",
                         *           "cashier": "15000",
                         *           "tradePoint": "15000",
                         *           "fiscalModule": "15000",
                         *           "cashAmount": "15000",
                         *           "cardAmount": "15000",
                         *           "amount": "15000",
                         *           "recipeNumber": "15000",
                         *           "customer": "15000",
                         *           "taxpayerId": "15000",
                         *           "cashRegisterId": "15000",
                         *           "shiftNumber": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "fiscalTime": "2025-07-01T09:55:56.000+05:00",
                         *               "operationType": "15000",
                         *               "fiscalCheckNumber": "15000",
                         *               "cashier": "15000",
                         *               "tradePoint": "15000",
                         *               "fiscalModule": "15000",
                         *               "cashAmount": "15000",
                         *               "cardAmount": "15000",
                         *               "amount": "15000",
                         *               "recipeNumber": "15000",
                         *               "customer": "15000",
                         *               "taxpayerId": "15000",
                         *               "cashRegisterId": "15000",
                         *               "shiftNumber": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         },
                         *         "payme": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "providerName": "15000",
                         *           "cashboxName": "15000",
                         *           "paymentState": "15000",
                         *           "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *           "cancelTime": "2025-07-01T09:55:56.000+05:00",
                         *           "processingTime": "2025-07-01T09:55:56.000+05:00",
                         *           "bankTime": "2025-07-01T09:55:56.000+05:00",
                         *           "state": "15000",
                         *           "processingName": "15000",
                         *           "merchantId": "15000",
                         *           "terminalId": "15000",
                         *           "cardNumber": "15000",
                         *           "amount": "15000",
                         *           "commission": "15000",
                         *           "transactionId": "15000",
                         *           "providerPaymentId": "15000",
                         *           "rrn": "15000",
                         *           "cashboxIdentifier": "15000",
                         *           "cashRegisterId": "15000",
                         *           "bankReceiptDate": "15000",
                         *           "fiscalSign": "15000",
                         *           "fiscalReceiptId": "15000",
                         *           "externalId": "15000",
                         *           "paymentDescription": "15000",
                         *           "merchantOrderId": "15000",
                         *           "username": "15000",
                         *           "phoneNumber": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "providerName": "15000",
                         *               "cashboxName": "15000",
                         *               "paymentState": "15000",
                         *               "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *               "cancelTime": "2025-07-01T09:55:56.000+05:00",
                         *               "processingTime": "2025-07-01T09:55:56.000+05:00",
                         *               "bankTime": "2025-07-01T09:55:56.000+05:00",
                         *               "state": "15000",
                         *               "processingName": "15000",
                         *               "merchantId": "15000",
                         *               "terminalId": "15000",
                         *               "cardNumber": "15000",
                         *               "amount": "15000",
                         *               "commission": "15000",
                         *               "transactionId": "15000",
                         *               "providerPaymentId": "15000",
                         *               "rrn": "15000",
                         *               "cashboxIdentifier": "15000",
                         *               "cashRegisterId": "15000",
                         *               "bankReceiptDate": "15000",
                         *               "fiscalSign": "15000",
                         *               "fiscalReceiptId": "15000",
                         *               "externalId": "15000",
                         *               "paymentDescription": "15000",
                         *               "merchantOrderId": "15000",
                         *               "username": "15000",
                         *               "phoneNumber": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         },
                         *         "click": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *           "serviceName": "15000",
                         *           "clientInfo": "15000",
                         *           "cardNumber": "15000",
                         *           "amount": "15000",
                         *           "merchantOrderId": "15000",
                         *           "cashbox": "15000",
                         *           "transactionId": "15000",
                         *           "billingId": "15000",
                         *           "paymentStatus": "15000",
                         *           "clickTransId": "15000",
                         *           "serviceId": "15000",
                         *           "merchantId": "15000",
                         *           "commission": "15000",
                         *           "errorCode": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *               "serviceName": "15000",
                         *               "clientInfo": "15000",
                         *               "cardNumber": "15000",
                         *               "amount": "15000",
                         *               "merchantOrderId": "15000",
                         *               "cashbox": "15000",
                         *               "transactionId": "15000",
                         *               "billingId": "15000",
                         *               "paymentStatus": "15000",
                         *               "clickTransId": "15000",
                         *               "serviceId": "15000",
                         *               "merchantId": "15000",
                         *               "commission": "15000",
                         *               "errorCode": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         },
                         *         "uzum": {
                         *           "recordId": "payme-31",
                         *           "key": "15000",
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "fileName": "15000",
                         *           "serviceName": "15000",
                         *           "amount": "15000",
                         *           "commission": "15000",
                         *           "cardType": "15000",
                         *           "cardNumber": "15000",
                         *           "status": "15000",
                         *           "merchantId": "15000",
                         *           "transactionId": "15000",
                         *           "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *           "shopId": "15000",
                         *           "orderId": "8974",
                         *           "cashbackAmount": "15000",
                         *           "username": "15000",
                         *           "extra": {},
                         *           "origins": {},
                         *           "more": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "key": "15000",
                         *               "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sheet": "15000",
                         *               "row": 1,
                         *               "fileName": "15000",
                         *               "serviceName": "15000",
                         *               "amount": "15000",
                         *               "commission": "15000",
                         *               "cardType": "15000",
                         *               "cardNumber": "15000",
                         *               "status": "15000",
                         *               "merchantId": "15000",
                         *               "transactionId": "15000",
                         *               "transactionTime": "2025-07-01T09:55:56.000+05:00",
                         *               "shopId": "15000",
                         *               "orderId": "8974",
                         *               "cashbackAmount": "15000",
                         *               "username": "15000",
                         *               "extra": {},
                         *               "origins": {}
                         *             }
                         *           ]
                         *         }
                         *       },
                         *       "decisions": [
                         *         {
                         *           "id": "8974",
                         *           "kind": "link",
                         *           "resolution": "valid",
                         *           "note": "Проверено по журналу автомата",
                         *           "recordId": "payme-31",
                         *           "stale": true,
                         *           "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *           "createdBy": "15000",
                         *           "createdByName": "15000"
                         *         }
                         *       ],
                         *       "matchScore": 1,
                         *       "ownerCode": "15000",
                         *       "why": {
                         *         "rule": "15000",
                         *         "message": "Нет чека на 15 000",
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000"
                         *           }
                         *         ],
                         *         "figures": {
                         *           "price": "15000",
                         *           "priceDelta": "15000",
                         *           "timeDeltaS": 1,
                         *           "proofs": [
                         *             {
                         *               "recordId": "payme-31",
                         *               "source": "fiscal_bills",
                         *               "key": "15000",
                         *               "linkRule": "15000",
                         *               "state": "15000",
                         *               "amount": "15000",
                         *               "cash": "15000",
                         *               "card": "15000",
                         *               "amountDelta": "15000",
                         *               "timeDeltaS": 1
                         *             }
                         *           ]
                         *         },
                         *         "windows": {
                         *           "hwVendhubS": 1,
                         *           "fiscalS": 1,
                         *           "gatewayS": 1,
                         *           "amountTolerance": "15000"
                         *         },
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "covered": true,
                         *             "emptyDay": true
                         *           }
                         *         ],
                         *         "differences": [
                         *           {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000"
                         *           }
                         *         ],
                         *         "candidates": [
                         *           {
                         *             "recordId": "payme-31",
                         *             "source": "happy_workers",
                         *             "key": "15000",
                         *             "amount": "15000",
                         *             "time": "2025-07-01T09:55:56.000+05:00",
                         *             "amountDelta": "15000",
                         *             "timeDeltaS": 1,
                         *             "orderId": "8974",
                         *             "reason": {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000"
                         *             },
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "status": "15000",
                         *             "paymentType": "15000"
                         *           }
                         *         ],
                         *         "nearMisses": [
                         *           {
                         *             "recordId": "payme-31",
                         *             "source": "happy_workers",
                         *             "key": "15000",
                         *             "amount": "15000",
                         *             "time": "2025-07-01T09:55:56.000+05:00",
                         *             "amountDelta": "15000",
                         *             "timeDeltaS": 1,
                         *             "orderId": "8974",
                         *             "reason": {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000"
                         *             },
                         *             "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *             "status": "15000",
                         *             "paymentType": "15000"
                         *           }
                         *         ]
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["OrderDetail"];
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History of an order, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                };
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "8974",
                         *           "source": "happy_workers",
                         *           "recordId": "payme-31",
                         *           "field": "15000",
                         *           "oldValue": "15000",
                         *           "newValue": "15000",
                         *           "changeType": "filled",
                         *           "cause": "file",
                         *           "version": 1,
                         *           "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "fileName": "15000",
                         *           "sheet": "15000",
                         *           "row": 1,
                         *           "changedBy": "15000",
                         *           "changedByName": "15000",
                         *           "changedAt": "2025-07-01T09:55:56.000+05:00",
                         *           "undoReason": "15000",
                         *           "decision": {
                         *             "id": "8974",
                         *             "kind": "link",
                         *             "resolution": "valid",
                         *             "note": "Проверено по журналу автомата",
                         *             "withdrawn": true
                         *           }
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["OrderChange"][];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle an order by hand
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "kind": "link",
                     *       "resolution": "valid",
                     *       "note": "Проверено по журналу автомата",
                     *       "recordId": "payme-31"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        kind: "link" | "unlink" | "accept";
                        note: string;
                        recordId?: string | null;
                        /** @enum {string} */
                        resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "kind": "link",
                         *       "resolution": "valid",
                         *       "note": "Проверено по журналу автомата",
                         *       "recordId": "payme-31",
                         *       "stale": true,
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000"
                         *     }
                         */
                        "application/json": {
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: string;
                            createdByName: string | null;
                            id: string;
                            /** @enum {string} */
                            kind: "link" | "unlink" | "accept";
                            note: string;
                            recordId: string | null;
                            /** @enum {string} */
                            resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                            stale: boolean;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/decisions/{did}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a decision back
         * @description Role: finance
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 12 */
                    did: string;
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/raw/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The row of origin, read again from the stored file: the one that gave the field its value, else the newest that gave any
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 15000 */
                    field?: string;
                    /** @example payme-31 */
                    recordId?: string;
                };
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                    /** @example happy_workers */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "recordId": "payme-31",
                         *       "fileId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "fileName": "15000",
                         *       "sheet": "15000",
                         *       "row": 1,
                         *       "header": [
                         *         "15000"
                         *       ],
                         *       "cells": [
                         *         "15000"
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["RawRow"];
                    };
                };
                /** @description Moved; Location tells where to */
                301: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/machines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Machines with how many orders of the filter each has, the most first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 5000 */
                    amountFrom?: string;
                    /** @example 20000 */
                    amountTo?: string;
                    /** @example new */
                    changeType?: string;
                    /**
                     * @description orders in which this file filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    file?: string;
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example delivery_failed_but_paid */
                    issue?: string;
                    /** @example a7ca181f0000 */
                    machine?: string;
                    /** @example cash */
                    paymentType?: string;
                    /** @example true */
                    pending?: "true" | "false";
                    /** @example 15000 */
                    q?: string;
                    /**
                     * @description a proof that is missing, apart from one that is there and differs
                     * @example no_receipt
                     */
                    reason?: string;
                    /**
                     * @description sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them
                     * @example unpaid
                     */
                    sale?: string;
                    /**
                     * @description orders in which a file of this upload filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    session?: string;
                    /** @example true */
                    settled?: "true" | "false";
                    /** @example happy_workers */
                    source?: string;
                    /** @example unmatched */
                    status?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "machineCode": "a7ca181f0000",
                         *           "machineName": "Чиланзар, 7 квартал",
                         *           "orders": 1
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["MachineCounts"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many orders the filter holds, and their sum
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 5000 */
                    amountFrom?: string;
                    /** @example 20000 */
                    amountTo?: string;
                    /** @example new */
                    changeType?: string;
                    /**
                     * @description orders in which this file filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    file?: string;
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example delivery_failed_but_paid */
                    issue?: string;
                    /** @example a7ca181f0000 */
                    machine?: string;
                    /** @example cash */
                    paymentType?: string;
                    /** @example true */
                    pending?: "true" | "false";
                    /** @example 15000 */
                    q?: string;
                    /**
                     * @description a proof that is missing, apart from one that is there and differs
                     * @example no_receipt
                     */
                    reason?: string;
                    /**
                     * @description sales that are no revenue, or paid and not dispensed, as GET /analytics/summary counts them
                     * @example unpaid
                     */
                    sale?: string;
                    /**
                     * @description orders in which a file of this upload filled or changed a field
                     * @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11
                     */
                    session?: string;
                    /** @example true */
                    settled?: "true" | "false";
                    /** @example happy_workers */
                    source?: string;
                    /** @example unmatched */
                    status?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "count": 1,
                         *       "sum": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["OrderTotals"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reconcile a period again: by the run of this period that waits already, or by one of its own
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "from": "2025-07-01",
                     *       "to": "2025-07-01"
                     *     }
                     */
                    "application/json": {
                        from?: string | null;
                        to?: string | null;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "status": "queued",
                         *       "reason": "manual",
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "ordersEvaluated": 1,
                         *       "ordersChanged": 1,
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["ReconciliationRun"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One re-run
         * @description Role: finance
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "status": "queued",
                         *       "reason": "manual",
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "ordersEvaluated": 1,
                         *       "ordersChanged": 1,
                         *       "error": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["ReconciliationRun"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the orders of a period come to: by status, issue, source, machine and day, coverage, time differences
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    /** @example 2025-07-01 */
                    from?: string;
                    /** @example 2025-07-01 */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "from": "2025-07-01T09:55:56.000+05:00",
                         *       "to": "2025-07-01T09:55:56.000+05:00",
                         *       "total": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "pending": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "settled": {
                         *         "count": 1,
                         *         "sum": "15000"
                         *       },
                         *       "byStatus": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "status": "unmatched",
                         *           "pending": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         }
                         *       ],
                         *       "byIssue": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "issue": "delivery_failed_but_paid"
                         *         }
                         *       ],
                         *       "bySource": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "source": "happy_workers"
                         *         }
                         *       ],
                         *       "byMachine": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "machineCode": "a7ca181f0000",
                         *           "machineName": "Чиланзар, 7 квартал",
                         *           "problems": 1,
                         *           "pending": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         }
                         *       ],
                         *       "byDay": [
                         *         {
                         *           "count": 1,
                         *           "sum": "15000",
                         *           "day": "2025-07-01",
                         *           "problems": 1,
                         *           "pending": {
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         }
                         *       ],
                         *       "coverage": [
                         *         {
                         *           "source": "happy_workers",
                         *           "ranges": [
                         *             {
                         *               "from": "2025-07-01T09:55:56.000+05:00",
                         *               "to": "2025-07-01T09:55:56.000+05:00"
                         *             }
                         *           ],
                         *           "days": [
                         *             {
                         *               "day": "2025-07-01",
                         *               "rows": 1
                         *             }
                         *           ],
                         *           "emptyDays": [
                         *             "2025-07-01"
                         *           ]
                         *         }
                         *       ],
                         *       "histograms": [
                         *         {
                         *           "pair": "15000",
                         *           "toleranceS": 1,
                         *           "matchedAt2x": 1,
                         *           "buckets": [
                         *             {
                         *               "fromS": 1,
                         *               "toS": 1,
                         *               "count": 1
                         *             }
                         *           ]
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Summary"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions, newest first
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "status": "queued",
                         *           "mode": "queue",
                         *           "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *           "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *           "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *           "createdBy": "15000",
                         *           "createdByName": "15000",
                         *           "door": "page",
                         *           "totalFiles": 1,
                         *           "processedFiles": 1,
                         *           "totals": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1
                         *           },
                         *           "progress": 1,
                         *           "files": [
                         *             {
                         *               "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "memberPath": "15000",
                         *               "name": "report.xlsx",
                         *               "sizeBytes": 1,
                         *               "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *               "format": "15000",
                         *               "source": "happy_workers",
                         *               "sourceConfidence": 1,
                         *               "status": "queued",
                         *               "phase": "waiting",
                         *               "mode": "queue",
                         *               "run": 1,
                         *               "progress": 1,
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1,
                         *                 "filled": 1,
                         *                 "changed": 1
                         *               },
                         *               "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *               "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *               "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "error": {
                         *                 "code": "no_receipt",
                         *                 "params": {},
                         *                 "message": "Нет чека на 15 000",
                         *                 "hint": "15000"
                         *               },
                         *               "warnings": [
                         *                 {
                         *                   "code": null,
                         *                   "params": null,
                         *                   "message": null,
                         *                   "hint": null
                         *                 }
                         *               ],
                         *               "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *               "createdBy": "15000",
                         *               "createdByName": "15000",
                         *               "door": "page",
                         *               "ordersChanged": 1,
                         *               "openErrors": 1,
                         *               "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "correctsName": "15000",
                         *               "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *               "correctedByName": "15000",
                         *               "retry": {
                         *                 "attempts": 1,
                         *                 "nextAttemptAt": "15000",
                         *                 "reason": "database"
                         *               },
                         *               "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *               "undoneBy": "15000",
                         *               "undoneByName": "15000",
                         *               "undoReason": "15000",
                         *               "preview": {
                         *                 "rows": {
                         *                   "read": null,
                         *                   "new": null,
                         *                   "updated": null,
                         *                   "filled": null,
                         *                   "changed": null,
                         *                   "unchanged": null,
                         *                   "rejected": null,
                         *                   "skipped": null
                         *                 },
                         *                 "orders": {
                         *                   "new": null,
                         *                   "changed": null
                         *                 },
                         *                 "statuses": [
                         *                   null
                         *                 ],
                         *                 "issues": [
                         *                   null
                         *                 ],
                         *                 "coverage": [
                         *                   null
                         *                 ],
                         *                 "samples": [
                         *                   null
                         *                 ],
                         *                 "against": 1,
                         *                 "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *                 "differs": true,
                         *                 "differences": [
                         *                   null
                         *                 ],
                         *                 "result": {
                         *                   "rows": null,
                         *                   "orders": null,
                         *                   "statuses": null,
                         *                   "issues": null,
                         *                   "coverage": null,
                         *                   "samples": null
                         *                 }
                         *               }
                         *             }
                         *           ]
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["Session"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One session with its files
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "status": "queued",
                         *       "mode": "queue",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "totalFiles": 1,
                         *       "processedFiles": 1,
                         *       "totals": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1
                         *       },
                         *       "progress": 1,
                         *       "files": [
                         *         {
                         *           "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "memberPath": "15000",
                         *           "name": "report.xlsx",
                         *           "sizeBytes": 1,
                         *           "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *           "format": "15000",
                         *           "source": "happy_workers",
                         *           "sourceConfidence": 1,
                         *           "status": "queued",
                         *           "phase": "waiting",
                         *           "mode": "queue",
                         *           "run": 1,
                         *           "progress": 1,
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1,
                         *             "filled": 1,
                         *             "changed": 1
                         *           },
                         *           "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *           "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *           "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "error": {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000",
                         *             "hint": "15000"
                         *           },
                         *           "warnings": [
                         *             {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000",
                         *               "hint": "15000"
                         *             }
                         *           ],
                         *           "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *           "createdBy": "15000",
                         *           "createdByName": "15000",
                         *           "door": "page",
                         *           "ordersChanged": 1,
                         *           "openErrors": 1,
                         *           "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctsName": "15000",
                         *           "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctedByName": "15000",
                         *           "retry": {
                         *             "attempts": 1,
                         *             "nextAttemptAt": "15000",
                         *             "reason": "database"
                         *           },
                         *           "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *           "undoneBy": "15000",
                         *           "undoneByName": "15000",
                         *           "undoReason": "15000",
                         *           "preview": {
                         *             "rows": {
                         *               "read": 1,
                         *               "new": 1,
                         *               "updated": 1,
                         *               "filled": 1,
                         *               "changed": 1,
                         *               "unchanged": 1,
                         *               "rejected": 1,
                         *               "skipped": 1
                         *             },
                         *             "orders": {
                         *               "new": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "gained": true
                         *               }
                         *             ],
                         *             "samples": [
                         *               {
                         *                 "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *                 "machineCode": "a7ca181f0000",
                         *                 "source": "happy_workers",
                         *                 "field": "15000",
                         *                 "oldValue": "15000",
                         *                 "newValue": "15000",
                         *                 "changeType": "15000"
                         *               }
                         *             ],
                         *             "against": 1,
                         *             "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *             "differs": true,
                         *             "differences": [
                         *               "rows"
                         *             ],
                         *             "result": {
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "filled": 1,
                         *                 "changed": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1
                         *               },
                         *               "orders": {
                         *                 "new": 1,
                         *                 "changed": 1
                         *               },
                         *               "statuses": [
                         *                 {
                         *                   "from": null,
                         *                   "to": null,
                         *                   "count": null,
                         *                   "sum": null
                         *                 }
                         *               ],
                         *               "issues": [
                         *                 {
                         *                   "code": null,
                         *                   "raised": null,
                         *                   "cleared": null
                         *                 }
                         *               ],
                         *               "coverage": [
                         *                 {
                         *                   "source": null,
                         *                   "from": null,
                         *                   "to": null,
                         *                   "gained": null
                         *                 }
                         *               ],
                         *               "samples": [
                         *                 {
                         *                   "orderNumber": null,
                         *                   "machineCode": null,
                         *                   "source": null,
                         *                   "field": null,
                         *                   "oldValue": null,
                         *                   "newValue": null,
                         *                   "changeType": null
                         *                 }
                         *               ]
                         *             }
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Session"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run all files of a session for real that were looked at
         * @description Role: operator
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "status": "queued",
                         *       "mode": "queue",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "startedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "createdByName": "15000",
                         *       "door": "page",
                         *       "totalFiles": 1,
                         *       "processedFiles": 1,
                         *       "totals": {
                         *         "read": 1,
                         *         "new": 1,
                         *         "updated": 1,
                         *         "unchanged": 1,
                         *         "rejected": 1,
                         *         "skipped": 1
                         *       },
                         *       "progress": 1,
                         *       "files": [
                         *         {
                         *           "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "sessionId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "parentId": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "memberPath": "15000",
                         *           "name": "report.xlsx",
                         *           "sizeBytes": 1,
                         *           "sha256": "a3f1c2d4e5b60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90",
                         *           "format": "15000",
                         *           "source": "happy_workers",
                         *           "sourceConfidence": 1,
                         *           "status": "queued",
                         *           "phase": "waiting",
                         *           "mode": "queue",
                         *           "run": 1,
                         *           "progress": 1,
                         *           "rows": {
                         *             "read": 1,
                         *             "new": 1,
                         *             "updated": 1,
                         *             "unchanged": 1,
                         *             "rejected": 1,
                         *             "skipped": 1,
                         *             "filled": 1,
                         *             "changed": 1
                         *           },
                         *           "periodFrom": "2025-07-01T09:55:56.000+05:00",
                         *           "periodTo": "2025-07-01T09:55:56.000+05:00",
                         *           "duplicateOf": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "error": {
                         *             "code": "no_receipt",
                         *             "params": {},
                         *             "message": "Нет чека на 15 000",
                         *             "hint": "15000"
                         *           },
                         *           "warnings": [
                         *             {
                         *               "code": "no_receipt",
                         *               "params": {},
                         *               "message": "Нет чека на 15 000",
                         *               "hint": "15000"
                         *             }
                         *           ],
                         *           "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *           "createdBy": "15000",
                         *           "createdByName": "15000",
                         *           "door": "page",
                         *           "ordersChanged": 1,
                         *           "openErrors": 1,
                         *           "corrects": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctsName": "15000",
                         *           "correctedBy": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *           "correctedByName": "15000",
                         *           "retry": {
                         *             "attempts": 1,
                         *             "nextAttemptAt": "15000",
                         *             "reason": "database"
                         *           },
                         *           "undoneAt": "2025-07-01T09:55:56.000+05:00",
                         *           "undoneBy": "15000",
                         *           "undoneByName": "15000",
                         *           "undoReason": "15000",
                         *           "preview": {
                         *             "rows": {
                         *               "read": 1,
                         *               "new": 1,
                         *               "updated": 1,
                         *               "filled": 1,
                         *               "changed": 1,
                         *               "unchanged": 1,
                         *               "rejected": 1,
                         *               "skipped": 1
                         *             },
                         *             "orders": {
                         *               "new": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "gained": true
                         *               }
                         *             ],
                         *             "samples": [
                         *               {
                         *                 "orderNumber": "ff0000025520250701025853a7ca181f0000",
                         *                 "machineCode": "a7ca181f0000",
                         *                 "source": "happy_workers",
                         *                 "field": "15000",
                         *                 "oldValue": "15000",
                         *                 "newValue": "15000",
                         *                 "changeType": "15000"
                         *               }
                         *             ],
                         *             "against": 1,
                         *             "seenAt": "2025-07-01T09:55:56.000+05:00",
                         *             "differs": true,
                         *             "differences": [
                         *               "rows"
                         *             ],
                         *             "result": {
                         *               "rows": {
                         *                 "read": 1,
                         *                 "new": 1,
                         *                 "updated": 1,
                         *                 "filled": 1,
                         *                 "changed": 1,
                         *                 "unchanged": 1,
                         *                 "rejected": 1,
                         *                 "skipped": 1
                         *               },
                         *               "orders": {
                         *                 "new": 1,
                         *                 "changed": 1
                         *               },
                         *               "statuses": [
                         *                 {
                         *                   "from": null,
                         *                   "to": null,
                         *                   "count": null,
                         *                   "sum": null
                         *                 }
                         *               ],
                         *               "issues": [
                         *                 {
                         *                   "code": null,
                         *                   "raised": null,
                         *                   "cleared": null
                         *                 }
                         *               ],
                         *               "coverage": [
                         *                 {
                         *                   "source": null,
                         *                   "from": null,
                         *                   "to": null,
                         *                   "gained": null
                         *                 }
                         *               ],
                         *               "samples": [
                         *                 {
                         *                   "orderNumber": null,
                         *                   "machineCode": null,
                         *                   "source": null,
                         *                   "field": null,
                         *                   "oldValue": null,
                         *                   "newValue": null,
                         *                   "changeType": null
                         *                 }
                         *               ]
                         *             }
                         *           }
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["Session"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live progress of a session (server-sent events)
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back all files of a session
         * @description Role: finance
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "reason": "Загружен отчёт не за тот месяц"
                     *     }
                     */
                    "application/json": {
                        /** @default false */
                        dryRun?: boolean;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Accepted; Location tells where to look */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "fileIds": [
                         *         "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11"
                         *       ],
                         *       "dryRun": true,
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "blockedBy": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "receipt": {
                         *         "rows": {
                         *           "removed": 1,
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "fields": {
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "orders": {
                         *           "removed": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "decisions": {
                         *           "stale": 1
                         *         },
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "lost": true
                         *           }
                         *         ],
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "name": "report.xlsx",
                         *             "source": "happy_workers",
                         *             "rows": {
                         *               "removed": 1,
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "fields": {
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "orders": {
                         *               "removed": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "decisions": {
                         *               "stale": 1
                         *             },
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "lost": true
                         *               }
                         *             ]
                         *           }
                         *         ]
                         *       },
                         *       "reason": "Загружен отчёт не за тот месяц",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00"
                         *     }
                         */
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How revocations are checked in this process
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "backend": "redis",
                         *       "degraded": true,
                         *       "size": 1,
                         *       "raisedVersions": 1,
                         *       "checks": 1,
                         *       "hits": 1,
                         *       "answeredBy": {
                         *         "memory": 1,
                         *         "redis": 1,
                         *         "postgres": 1,
                         *         "nobody": 1
                         *       },
                         *       "latencyMs": {
                         *         "p50": 1,
                         *         "p95": 1,
                         *         "max": 1
                         *       },
                         *       "failedCopies": 1,
                         *       "lastReadAt": "15000",
                         *       "lastResyncAt": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["BlacklistState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the cache of this process does
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "connectedToRedis": true,
                         *       "hitRatePercent": 1,
                         *       "totalOperations": 1,
                         *       "stats": {
                         *         "hits": 1,
                         *         "misses": 1,
                         *         "errors": 1,
                         *         "redisOps": 1,
                         *         "memoryOps": 1,
                         *         "memoryHits": 1,
                         *         "redisHits": 1,
                         *         "staleHits": 1
                         *       },
                         *       "memoryCacheSize": 1,
                         *       "redisInfo": {
                         *         "usedMemoryBytes": 1,
                         *         "usedMemoryPeakBytes": 1,
                         *         "keys": 1
                         *       },
                         *       "health": {
                         *         "status": "healthy",
                         *         "redisAvailable": true,
                         *         "memoryCacheAvailable": true,
                         *         "responseTimeMs": 1
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["CacheState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        /**
         * Drop everything cached; with Redis away, there as soon as it is back
         * @description Role: admin
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/diagnostics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The doctor's last report; where there is none of the last five minutes, it runs now
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "version": "15000",
                         *       "startedAt": "15000",
                         *       "exitCode": 1,
                         *       "findings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "area": "config",
                         *           "severity": "ok",
                         *           "title": "15000",
                         *           "evidence": "15000",
                         *           "cause": "15000",
                         *           "effect": "15000",
                         *           "fix": {
                         *             "text": "15000",
                         *             "commands": [
                         *               "15000"
                         *             ]
                         *           },
                         *           "docs": "15000",
                         *           "ms": 1
                         *         }
                         *       ],
                         *       "changes": [
                         *         {
                         *           "code": "no_receipt",
                         *           "area": "config",
                         *           "change": "appeared"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["DoctorReport"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Run the doctor now
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "version": "15000",
                         *       "startedAt": "15000",
                         *       "exitCode": 1,
                         *       "findings": [
                         *         {
                         *           "code": "no_receipt",
                         *           "area": "config",
                         *           "severity": "ok",
                         *           "title": "15000",
                         *           "evidence": "15000",
                         *           "cause": "15000",
                         *           "effect": "15000",
                         *           "fix": {
                         *             "text": "15000",
                         *             "commands": [
                         *               "15000"
                         *             ]
                         *           },
                         *           "docs": "15000",
                         *           "ms": 1
                         *         }
                         *       ],
                         *       "changes": [
                         *         {
                         *           "code": "no_receipt",
                         *           "area": "config",
                         *           "change": "appeared"
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["DoctorReport"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How PostgreSQL, Redis and the workers did in the last 24 hours
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "intervalMs": 1,
                         *       "targets": [
                         *         {
                         *           "target": "postgres",
                         *           "state": "healthy",
                         *           "since": "15000",
                         *           "uptimePercent": 1,
                         *           "samples": [
                         *             {
                         *               "at": "15000",
                         *               "state": "healthy",
                         *               "ms": 1
                         *             }
                         *           ],
                         *           "details": {}
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["MonitorState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Work that waits and who does it, from PostgreSQL; and what BullMQ holds
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "mode": "queue",
                         *       "redis": {
                         *         "status": "up",
                         *         "reason": "Загружен отчёт не за тот месяц",
                         *         "since": "15000",
                         *         "openedCount": 1
                         *       },
                         *       "waiting": 1,
                         *       "processing": 1,
                         *       "oldestWaitingS": 1,
                         *       "workers": 1,
                         *       "inProcess": {
                         *         "active": 1,
                         *         "waiting": 1
                         *       },
                         *       "queues": [
                         *         {
                         *           "name": "report.xlsx",
                         *           "counts": {}
                         *         }
                         *       ]
                         *     }
                         */
                        "application/json": components["schemas"]["QueueState"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An example of a report that loads cleanly: <source>.csv or <source>.xlsx
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example report.xlsx */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                        "text/csv": string;
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My personal API tokens
         * @description Role: any
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "8974",
                         *           "name": "report.xlsx",
                         *           "hint": "15000",
                         *           "scopes": [
                         *             "read"
                         *           ],
                         *           "createdAt": "15000",
                         *           "expiresAt": "15000",
                         *           "lastUsedAt": "15000"
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["ApiToken"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * A new personal API token; it is shown this once
         * @description Role: any
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "name": "report.xlsx",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": "2025-07-01T09:55:56.000+05:00"
                     *     }
                     */
                    "application/json": {
                        /** Format: date-time */
                        expiresAt?: string | null;
                        name: string;
                        /**
                         * @default [
                         *       "read"
                         *     ]
                         */
                        scopes?: ("read" | "upload" | "decide" | "admin")[];
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "name": "report.xlsx",
                         *       "hint": "15000",
                         *       "scopes": [
                         *         "read"
                         *       ],
                         *       "createdAt": "15000",
                         *       "expiresAt": "15000",
                         *       "lastUsedAt": "15000",
                         *       "token": "15000"
                         *     }
                         */
                        "application/json": {
                            createdAt: string;
                            expiresAt: string | null;
                            hint: string;
                            id: string;
                            lastUsedAt: string | null;
                            name: string;
                            scopes: ("read" | "upload" | "decide" | "admin")[];
                            token: string;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my personal API tokens
         * @description Role: any
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/undos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One taking back, with its receipt
         * @description Role: viewer
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *       "fileIds": [
                         *         "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11"
                         *       ],
                         *       "dryRun": true,
                         *       "status": "queued",
                         *       "progress": 1,
                         *       "blockedBy": {
                         *         "code": "no_receipt",
                         *         "params": {},
                         *         "message": "Нет чека на 15 000",
                         *         "hint": "15000"
                         *       },
                         *       "receipt": {
                         *         "rows": {
                         *           "removed": 1,
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "fields": {
                         *           "restored": 1,
                         *           "kept": 1
                         *         },
                         *         "orders": {
                         *           "removed": 1,
                         *           "changed": 1
                         *         },
                         *         "statuses": [
                         *           {
                         *             "from": "2025-07-01",
                         *             "to": "2025-07-31",
                         *             "count": 1,
                         *             "sum": "15000"
                         *           }
                         *         ],
                         *         "issues": [
                         *           {
                         *             "code": "no_receipt",
                         *             "raised": 1,
                         *             "cleared": 1
                         *           }
                         *         ],
                         *         "decisions": {
                         *           "stale": 1
                         *         },
                         *         "coverage": [
                         *           {
                         *             "source": "happy_workers",
                         *             "from": "2025-07-01T09:55:56.000+05:00",
                         *             "to": "2025-07-01T09:55:56.000+05:00",
                         *             "lost": true
                         *           }
                         *         ],
                         *         "files": [
                         *           {
                         *             "id": "0d5f6f0e-7c41-4b57-9d3b-2f6c1f0a9b11",
                         *             "name": "report.xlsx",
                         *             "source": "happy_workers",
                         *             "rows": {
                         *               "removed": 1,
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "fields": {
                         *               "restored": 1,
                         *               "kept": 1
                         *             },
                         *             "orders": {
                         *               "removed": 1,
                         *               "changed": 1
                         *             },
                         *             "statuses": [
                         *               {
                         *                 "from": "2025-07-01",
                         *                 "to": "2025-07-31",
                         *                 "count": 1,
                         *                 "sum": "15000"
                         *               }
                         *             ],
                         *             "issues": [
                         *               {
                         *                 "code": "no_receipt",
                         *                 "raised": 1,
                         *                 "cleared": 1
                         *               }
                         *             ],
                         *             "decisions": {
                         *               "stale": 1
                         *             },
                         *             "coverage": [
                         *               {
                         *                 "source": "happy_workers",
                         *                 "from": "2025-07-01T09:55:56.000+05:00",
                         *                 "to": "2025-07-01T09:55:56.000+05:00",
                         *                 "lost": true
                         *               }
                         *             ]
                         *           }
                         *         ]
                         *       },
                         *       "reason": "Загружен отчёт не за тот месяц",
                         *       "createdAt": "2025-07-01T09:55:56.000+05:00",
                         *       "createdBy": "15000",
                         *       "completedAt": "2025-07-01T09:55:56.000+05:00"
                         *     }
                         */
                        "application/json": components["schemas"]["Undo"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People, newest first
         * @description Role: admin
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    /** @example 50 */
                    limit?: number;
                    /** @example viewer */
                    role?: string;
                    /** @example pending */
                    status?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "items": [
                         *         {
                         *           "id": "8974",
                         *           "email": "operator@example.uz",
                         *           "telegramId": "15000",
                         *           "username": "15000",
                         *           "name": "report.xlsx",
                         *           "firstName": "Дилшод",
                         *           "lastName": "Каримов",
                         *           "status": "pending",
                         *           "role": "viewer",
                         *           "createdAt": "15000",
                         *           "approvedAt": "15000",
                         *           "approvedBy": "15000",
                         *           "lastActiveAt": "15000",
                         *           "invitedUntil": "15000"
                         *         }
                         *       ],
                         *       "nextCursor": "15000"
                         *     }
                         */
                        "application/json": {
                            items: components["schemas"]["User"][];
                            nextCursor: string | null;
                        };
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        put?: never;
        /**
         * Make an account; the link in the answer lets the person choose a password, once
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "email": "operator@example.uz",
                     *       "role": "viewer",
                     *       "firstName": "Дилшод",
                     *       "lastName": "Каримов"
                     *     }
                     */
                    "application/json": {
                        email: string;
                        firstName?: string | null;
                        lastName?: string | null;
                        /**
                         * @default viewer
                         * @enum {string}
                         */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "user": {
                         *         "id": "8974",
                         *         "email": "operator@example.uz",
                         *         "telegramId": "15000",
                         *         "username": "15000",
                         *         "name": "report.xlsx",
                         *         "firstName": "Дилшод",
                         *         "lastName": "Каримов",
                         *         "status": "pending",
                         *         "role": "viewer",
                         *         "createdAt": "15000",
                         *         "approvedAt": "15000",
                         *         "approvedBy": "15000",
                         *         "lastActiveAt": "15000",
                         *         "invitedUntil": "15000"
                         *       },
                         *       "invitation": {
                         *         "url": "15000",
                         *         "expiresAt": "15000"
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["InvitedUser"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Another role, which ends all tokens of that person, or another name
         * @description Role: admin
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "role": "viewer",
                     *       "firstName": "Дилшод",
                     *       "lastName": "Каримов"
                     *     }
                     */
                    "application/json": {
                        firstName?: string | null;
                        lastName?: string | null;
                        /** @enum {string} */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "email": "operator@example.uz",
                         *       "telegramId": "15000",
                         *       "username": "15000",
                         *       "name": "report.xlsx",
                         *       "firstName": "Дилшод",
                         *       "lastName": "Каримов",
                         *       "status": "pending",
                         *       "role": "viewer",
                         *       "createdAt": "15000",
                         *       "approvedAt": "15000",
                         *       "approvedBy": "15000",
                         *       "lastActiveAt": "15000",
                         *       "invitedUntil": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        trace?: never;
    };
    "/api/v1/users/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let an applicant (or a blocked person) in
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /**
                     * @example {
                     *       "role": "viewer"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        role?: "viewer" | "operator" | "finance" | "admin";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "email": "operator@example.uz",
                         *       "telegramId": "15000",
                         *       "username": "15000",
                         *       "name": "report.xlsx",
                         *       "firstName": "Дилшод",
                         *       "lastName": "Каримов",
                         *       "status": "pending",
                         *       "role": "viewer",
                         *       "createdAt": "15000",
                         *       "approvedAt": "15000",
                         *       "approvedBy": "15000",
                         *       "lastActiveAt": "15000",
                         *       "invitedUntil": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a person in no more; all their tokens end at once
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "id": "8974",
                         *       "email": "operator@example.uz",
                         *       "telegramId": "15000",
                         *       "username": "15000",
                         *       "name": "report.xlsx",
                         *       "firstName": "Дилшод",
                         *       "lastName": "Каримов",
                         *       "status": "pending",
                         *       "role": "viewer",
                         *       "createdAt": "15000",
                         *       "approvedAt": "15000",
                         *       "approvedBy": "15000",
                         *       "lastActiveAt": "15000",
                         *       "invitedUntil": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["User"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Another link to choose a password, for an invitation that ran out or a password forgotten; the one before it ends
         * @description Role: admin
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @example 8974 */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "url": "15000",
                         *       "expiresAt": "15000"
                         *     }
                         */
                        "application/json": components["schemas"]["Invitation"];
                    };
                };
                400: components["responses"]["Fault400"];
                401: components["responses"]["Fault401"];
                403: components["responses"]["Fault403"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/telegram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For Telegram alone: an update of the bot, answered once it is written down; 404 without a bot */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    /** @example {} */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "ok": true
                         *     }
                         */
                        "application/json": components["schemas"]["WebhookTaken"];
                    };
                };
                400: components["responses"]["Fault400"];
                404: components["responses"]["Fault404"];
                429: components["responses"]["Fault429"];
                503: components["responses"]["Fault503"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "status": "ok",
                         *       "service": "15000"
                         *     }
                         */
                        "application/json": {
                            service: string;
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service can do its work; 503 otherwise */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "status": "ready",
                         *       "service": "15000",
                         *       "version": "15000",
                         *       "checks": {
                         *         "postgres": {
                         *           "status": "ok"
                         *         },
                         *         "migrations": {
                         *           "status": "ok",
                         *           "pending": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "clock": {
                         *           "status": "ok",
                         *           "aheadS": 1
                         *         },
                         *         "redis": {
                         *           "status": "ok",
                         *           "reason": "Загружен отчёт не за тот месяц",
                         *           "since": "15000"
                         *         },
                         *         "storage": {
                         *           "status": "ok",
                         *           "reason": "Загружен отчёт не за тот месяц",
                         *           "since": "15000"
                         *         }
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
                /** @description Done */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        /**
                         * @example {
                         *       "status": "ready",
                         *       "service": "15000",
                         *       "version": "15000",
                         *       "checks": {
                         *         "postgres": {
                         *           "status": "ok"
                         *         },
                         *         "migrations": {
                         *           "status": "ok",
                         *           "pending": [
                         *             "15000"
                         *           ]
                         *         },
                         *         "clock": {
                         *           "status": "ok",
                         *           "aheadS": 1
                         *         },
                         *         "redis": {
                         *           "status": "ok",
                         *           "reason": "Загружен отчёт не за тот месяц",
                         *           "since": "15000"
                         *         },
                         *         "storage": {
                         *           "status": "ok",
                         *           "reason": "Загружен отчёт не за тот месяц",
                         *           "since": "15000"
                         *         }
                         *       }
                         *     }
                         */
                        "application/json": components["schemas"]["Readiness"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ApiToken: {
            createdAt: string;
            expiresAt: string | null;
            hint: string;
            id: string;
            lastUsedAt: string | null;
            name: string;
            scopes: ("read" | "upload" | "decide" | "admin")[];
        };
        AuditEntry: {
            action: string;
            actorId: string | null;
            actorName: string | null;
            address: string | null;
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: string;
            /** @description of a decision: what was written to it */
            note: string | null;
            requestId: string | null;
            sealed: boolean;
            subject: string | null;
            /** @description what a person calls it: an order's number, the name of a file, person or token */
            subjectName: string | null;
        };
        BlacklistState: {
            answeredBy: {
                memory: number;
                nobody: number;
                postgres: number;
                redis: number;
            };
            /** @enum {string} */
            backend: "redis" | "postgres" | "none";
            checks: number;
            degraded: boolean;
            failedCopies: number;
            hits: number;
            lastReadAt: string | null;
            lastResyncAt: string | null;
            latencyMs: {
                max: number;
                p50: number;
                p95: number;
            };
            raisedVersions: number;
            size: number;
        };
        CacheState: {
            connectedToRedis: boolean;
            health: {
                /** @enum {boolean} */
                memoryCacheAvailable: true;
                redisAvailable: boolean;
                responseTimeMs: number | null;
                /** @enum {string} */
                status: "healthy" | "degraded";
            };
            hitRatePercent: number;
            memoryCacheSize: number;
            redisInfo: {
                keys: number;
                usedMemoryBytes: number;
                usedMemoryPeakBytes: number;
            } | null;
            stats: {
                errors: number;
                hits: number;
                memoryHits: number;
                memoryOps: number;
                misses: number;
                redisHits: number;
                redisOps: number;
                staleHits: number;
            };
            totalOperations: number;
        };
        CodedText: {
            code: string;
            message: string;
            params: {
                [key: string]: string | number;
            };
        };
        CountAndSum: {
            count: number;
            sum: string;
        };
        DoctorReport: {
            changes: {
                /** @enum {string} */
                area: "config" | "postgres" | "redis" | "queue" | "worker" | "jwt" | "blacklist" | "cache" | "storage" | "disk" | "clock" | "telegram" | "intake" | "backup" | "version";
                /** @enum {string} */
                change: "appeared" | "gone";
                code: string;
            }[];
            exitCode: number;
            findings: components["schemas"]["Finding"][];
            startedAt: string;
            version: string;
        };
        ErrorGroup: {
            code: string;
            column: string | null;
            count: number;
            field: string | null;
            hint: string | null;
            message: string;
            /** @description not mended since */
            open: number;
            samples: {
                row: number;
                sheet: string | null;
                value: string | null;
            }[];
            /** @enum {string} */
            severity: "error" | "warning";
        };
        Export: {
            /** Format: date-time */
            createdAt: string;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** @enum {string} */
            format: "csv" | "xlsx" | "xls" | "json" | "pdf";
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "orders" | "changes" | "errors" | "analytics";
            progress: number;
            rows: number;
            /** @description null: not known yet */
            rowsTotal: number | null;
            sizeBytes: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed";
        };
        Fault: {
            error: {
                code: string;
                details?: unknown;
                message: string;
                requestId: string;
            };
        };
        /** @description The last time an import filled or changed this field */
        FieldChange: {
            /** Format: date-time */
            changedAt: string;
            /** @enum {string} */
            changeType: "filled" | "changed";
            /** @description canonical field of the record */
            field: string;
            /** Format: uuid */
            fileId: string | null;
            newValue: string | null;
            /** @description null: it was empty */
            oldValue: string | null;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            version: number | null;
        };
        File: {
            /** Format: uuid */
            correctedBy: string | null;
            correctedByName: string | null;
            /**
             * Format: uuid
             * @description the file whose rejected rows it mends
             */
            corrects: string | null;
            correctsName: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            /**
             * @description by which way it came in
             * @enum {string}
             */
            door: "page" | "api" | "cli" | "telegram" | "folder" | "mail";
            /** Format: uuid */
            duplicateOf: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            format: string | null;
            /** Format: uuid */
            id: string;
            memberPath: string | null;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            name: string;
            openErrors: number;
            ordersChanged: number;
            /**
             * Format: uuid
             * @description the archive or workbook that it came out of
             */
            parentId: string | null;
            /** Format: date-time */
            periodFrom: string | null;
            /** Format: date-time */
            periodTo: string | null;
            /** @enum {string} */
            phase: "waiting" | "detecting" | "reading" | "merging" | "reconciling" | "done";
            /** @description what it was seen to do before it took effect; null: nobody looked */
            preview: {
                /** @description imports and decisions that had taken effect when it was looked at */
                against: number;
                coverage: {
                    /** Format: date-time */
                    from: string;
                    /** @description no other file covers it */
                    gained: boolean;
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    /** Format: date-time */
                    to: string;
                }[];
                /** @description the parts that came out otherwise */
                differences: ("rows" | "orders" | "statuses" | "issues" | "coverage")[];
                /** @description something else took effect before it was applied, or it came out otherwise; null: not applied */
                differs: boolean | null;
                issues: {
                    cleared: number;
                    code: string;
                    raised: number;
                }[];
                orders: {
                    changed: number;
                    new: number;
                };
                /** @description how it came out; null: not applied */
                result: {
                    coverage: {
                        /** Format: date-time */
                        from: string;
                        /** @description no other file covers it */
                        gained: boolean;
                        /** @enum {string} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        /** Format: date-time */
                        to: string;
                    }[];
                    issues: {
                        cleared: number;
                        code: string;
                        raised: number;
                    }[];
                    orders: {
                        changed: number;
                        new: number;
                    };
                    rows: {
                        /** @description fields */
                        changed: number;
                        /** @description fields */
                        filled: number;
                        new: number;
                        read: number;
                        rejected: number;
                        skipped: number;
                        unchanged: number;
                        updated: number;
                    };
                    /** @description the first 200 changes; none in lists of files */
                    samples: {
                        changeType: string;
                        field: string;
                        machineCode: string | null;
                        newValue: string | null;
                        oldValue: string | null;
                        orderNumber: string | null;
                        /** @enum {string|null} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                    }[];
                    statuses: {
                        count: number;
                        /** @description null: the order is new */
                        from: string | null;
                        /** @description UZS */
                        sum: string;
                        /** @description null: it is gone, e.g. a payment that found its order */
                        to: string | null;
                    }[];
                } | null;
                rows: {
                    /** @description fields */
                    changed: number;
                    /** @description fields */
                    filled: number;
                    new: number;
                    read: number;
                    rejected: number;
                    skipped: number;
                    unchanged: number;
                    updated: number;
                };
                /** @description the first 200 changes; none in lists of files */
                samples: {
                    changeType: string;
                    field: string;
                    machineCode: string | null;
                    newValue: string | null;
                    oldValue: string | null;
                    orderNumber: string | null;
                    /** @enum {string|null} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                }[];
                /** Format: date-time */
                seenAt: string;
                statuses: {
                    count: number;
                    /** @description null: the order is new */
                    from: string | null;
                    /** @description UZS */
                    sum: string;
                    /** @description null: it is gone, e.g. a payment that found its order */
                    to: string | null;
                }[];
            } | null;
            /** @description 1 only after the commit */
            progress: number;
            /** @description being tried again: something around the file stopped it */
            retry: {
                attempts: number;
                /** @description null while the attempt runs */
                nextAttemptAt: string | null;
                /** @enum {string|null} */
                reason: "database" | "storage" | "internal" | null;
            } | null;
            rows: {
                /** @description fields */
                changed: number;
                /** @description fields */
                filled: number;
                new: number;
                read: number;
                rejected: number;
                skipped: number;
                unchanged: number;
                updated: number;
            };
            run: number;
            /** Format: uuid */
            sessionId: string;
            sha256: string;
            sizeBytes: number;
            /**
             * @description null: not recognised
             * @enum {string|null}
             */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            sourceConfidence: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled" | "needs_mapping" | "duplicate" | "undone" | "previewed";
            /** Format: date-time */
            undoneAt: string | null;
            undoneBy: string | null;
            undoneByName: string | null;
            undoReason: string | null;
            warnings: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        FileDetail: {
            /** Format: uuid */
            correctedBy: string | null;
            correctedByName: string | null;
            /**
             * Format: uuid
             * @description the file whose rejected rows it mends
             */
            corrects: string | null;
            correctsName: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            /**
             * @description by which way it came in
             * @enum {string}
             */
            door: "page" | "api" | "cli" | "telegram" | "folder" | "mail";
            /** Format: uuid */
            duplicateOf: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            format: string | null;
            /** Format: uuid */
            id: string;
            memberPath: string | null;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            name: string;
            openErrors: number;
            ordersChanged: number;
            /**
             * Format: uuid
             * @description the archive or workbook that it came out of
             */
            parentId: string | null;
            /** Format: date-time */
            periodFrom: string | null;
            /** Format: date-time */
            periodTo: string | null;
            /** @enum {string} */
            phase: "waiting" | "detecting" | "reading" | "merging" | "reconciling" | "done";
            /** @description what it was seen to do before it took effect; null: nobody looked */
            preview: {
                /** @description imports and decisions that had taken effect when it was looked at */
                against: number;
                coverage: {
                    /** Format: date-time */
                    from: string;
                    /** @description no other file covers it */
                    gained: boolean;
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    /** Format: date-time */
                    to: string;
                }[];
                /** @description the parts that came out otherwise */
                differences: ("rows" | "orders" | "statuses" | "issues" | "coverage")[];
                /** @description something else took effect before it was applied, or it came out otherwise; null: not applied */
                differs: boolean | null;
                issues: {
                    cleared: number;
                    code: string;
                    raised: number;
                }[];
                orders: {
                    changed: number;
                    new: number;
                };
                /** @description how it came out; null: not applied */
                result: {
                    coverage: {
                        /** Format: date-time */
                        from: string;
                        /** @description no other file covers it */
                        gained: boolean;
                        /** @enum {string} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        /** Format: date-time */
                        to: string;
                    }[];
                    issues: {
                        cleared: number;
                        code: string;
                        raised: number;
                    }[];
                    orders: {
                        changed: number;
                        new: number;
                    };
                    rows: {
                        /** @description fields */
                        changed: number;
                        /** @description fields */
                        filled: number;
                        new: number;
                        read: number;
                        rejected: number;
                        skipped: number;
                        unchanged: number;
                        updated: number;
                    };
                    /** @description the first 200 changes; none in lists of files */
                    samples: {
                        changeType: string;
                        field: string;
                        machineCode: string | null;
                        newValue: string | null;
                        oldValue: string | null;
                        orderNumber: string | null;
                        /** @enum {string|null} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                    }[];
                    statuses: {
                        count: number;
                        /** @description null: the order is new */
                        from: string | null;
                        /** @description UZS */
                        sum: string;
                        /** @description null: it is gone, e.g. a payment that found its order */
                        to: string | null;
                    }[];
                } | null;
                rows: {
                    /** @description fields */
                    changed: number;
                    /** @description fields */
                    filled: number;
                    new: number;
                    read: number;
                    rejected: number;
                    skipped: number;
                    unchanged: number;
                    updated: number;
                };
                /** @description the first 200 changes; none in lists of files */
                samples: {
                    changeType: string;
                    field: string;
                    machineCode: string | null;
                    newValue: string | null;
                    oldValue: string | null;
                    orderNumber: string | null;
                    /** @enum {string|null} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                }[];
                /** Format: date-time */
                seenAt: string;
                statuses: {
                    count: number;
                    /** @description null: the order is new */
                    from: string | null;
                    /** @description UZS */
                    sum: string;
                    /** @description null: it is gone, e.g. a payment that found its order */
                    to: string | null;
                }[];
            } | null;
            /** @description 1 only after the commit */
            progress: number;
            recognition: {
                columns: {
                    evidence: string | null;
                    field: string | null;
                    header: string;
                    style: string | null;
                }[];
                delimiter: string | null;
                /** @description how the headers differ from those of a remembered mapping */
                drift: {
                    added: string[];
                    removed: string[];
                    signature: string;
                    source: string;
                } | null;
                encoding: string | null;
                headerRow: number | null;
                missing: string[];
                preview: (string | null)[][];
                question: {
                    candidates: ("happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum")[];
                    code: string;
                    hint: string | null;
                    message: string;
                    params: {
                        [key: string]: string | number;
                    };
                } | null;
                runnerUp: {
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    strength: number;
                } | null;
                sheet: string | null;
                strength: number | null;
                /** @description of a question: what unknown columns may be, by source and header */
                suggestions: {
                    [key: string]: {
                        [key: string]: string;
                    };
                };
                unknown: string[];
            } | null;
            /** @description being tried again: something around the file stopped it */
            retry: {
                attempts: number;
                /** @description null while the attempt runs */
                nextAttemptAt: string | null;
                /** @enum {string|null} */
                reason: "database" | "storage" | "internal" | null;
            } | null;
            rows: {
                /** @description fields */
                changed: number;
                /** @description fields */
                filled: number;
                new: number;
                read: number;
                rejected: number;
                skipped: number;
                unchanged: number;
                updated: number;
            };
            run: number;
            /** Format: uuid */
            sessionId: string;
            sha256: string;
            sizeBytes: number;
            /**
             * @description null: not recognised
             * @enum {string|null}
             */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            sourceConfidence: number | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled" | "needs_mapping" | "duplicate" | "undone" | "previewed";
            /** Format: date-time */
            undoneAt: string | null;
            undoneBy: string | null;
            undoneByName: string | null;
            undoReason: string | null;
            warnings: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            }[];
        };
        Finding: {
            /** @enum {string} */
            area: "config" | "postgres" | "redis" | "queue" | "worker" | "jwt" | "blacklist" | "cache" | "storage" | "disk" | "clock" | "telegram" | "intake" | "backup" | "version";
            cause: string;
            code: string;
            docs: string;
            effect: string;
            evidence: string;
            fix: {
                commands: string[];
                text: string;
            };
            ms: number;
            /** @enum {string} */
            severity: "ok" | "info" | "warn" | "error" | "crash" | "skipped";
            title: string;
        };
        GatewayTotal: {
            /** @description payments less orders */
            difference: string;
            /** @description of the orders' sum; null without orders */
            differencePercent: string | null;
            expectedCommission: string;
            /** @description payments less commission */
            expectedPayout: string;
            /**
             * @description unknown: QR orders of which neither a report nor a payment names the gateway; all: the whole month
             * @enum {string}
             */
            gateway: "payme" | "click" | "uzum" | "unknown" | "all";
            /**
             * @description not_loaded: no report of orders covers any of the payments
             * @enum {string}
             */
            level: "ok" | "look" | "critical" | "not_loaded";
            /**
             * @description whether the gateway's reports cover the time of these orders; a difference means little before they do
             * @enum {string}
             */
            loaded: "full" | "partial" | "none";
            /** @description YYYY-MM */
            month: string;
            orders: components["schemas"]["CountAndSum"];
            /** @description successful ones */
            payments: {
                count: number;
                sum: string;
            };
        };
        Histogram: {
            /** @description null = open end */
            buckets: {
                count: number;
                fromS: number | null;
                toS: number | null;
            }[];
            /** @description what a window twice as wide would add */
            matchedAt2x: number;
            /** @description two sources, joined by a hyphen */
            pair: string;
            toleranceS: number;
        };
        Invitation: {
            expiresAt: string;
            /** @description good once; its part behind the # is the secret, which no server is sent */
            url: string;
        };
        InvitedUser: {
            invitation: components["schemas"]["Invitation"];
            user: components["schemas"]["User"];
        };
        LegRecord: {
            /** Format: uuid */
            fileId: string;
            key: string;
            recordId: string;
            /** @description as the user's own program shows it */
            row: number;
            sheet: string | null;
        };
        Limits: {
            formats: string[];
            maxFileBytes: number;
            maxFiles: number;
            maxRequestBytes: number;
            sources: ("happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum")[];
        };
        MachineCount: {
            machineCode: string;
            machineName: string | null;
            orders: number;
        };
        MachineCounts: {
            items: components["schemas"]["MachineCount"][];
        };
        Missing: {
            items: components["schemas"]["MissingDays"][];
        };
        MissingDays: {
            /** @description how many days the export has to span */
            days: number;
            /**
             * Format: date
             * @description by the end of this day its first day should have been there
             */
            expectedBy: string;
            /** @description a day; an instant where less than a whole day is missing */
            from: string;
            /**
             * Format: date-time
             * @description when a report of the source was last loaded
             */
            lastSeen: string;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            /** @description the last missing day; an instant, itself not missing, where `from` is one */
            to: string;
        };
        MonitorState: {
            intervalMs: number;
            targets: {
                details: {
                    [key: string]: unknown;
                };
                samples: {
                    at: string;
                    ms: number | null;
                    /** @enum {string} */
                    state: "healthy" | "degraded" | "critical" | "offline";
                }[];
                since: string | null;
                /** @enum {string} */
                state: "healthy" | "degraded" | "critical" | "offline";
                /** @enum {string} */
                target: "postgres" | "redis" | "worker";
                uptimePercent: number;
            }[];
        };
        /** @description What lies near and is not linked, and why; an order near a proof besides with its number, status and payment type */
        NearRecord: {
            /** @description of the record that is shown */
            amount: string;
            /** @description the proof's amount less the order's price, UZS */
            amountDelta: string;
            key: string;
            /** @description the row of orders that the record stands in */
            orderId: string;
            orderNumber?: string;
            paymentType?: string;
            reason: components["schemas"]["CodedText"];
            recordId: string;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            status?: string;
            /** Format: date-time */
            time: string;
            /** @description the proof's time less the order's, seconds */
            timeDeltaS: number;
        };
        NoticeSettings: {
            /** @description whether there is a bot at all */
            bot: boolean;
            /** @description what this person may have */
            kinds: {
                /** @enum {string} */
                kind: "applicant" | "file_processed" | "daily_report" | "days_missing" | "machines_failing" | "errors" | "rows_refused" | "stored_file_missing" | "nothing_loaded" | "intake_folder" | "intake_mail" | "monitor_changed" | "backup_failed" | "disk_nearly_full" | "audit_broken" | "guessed_often";
                on: boolean;
            }[];
            /** @description nothing is sent: by /stop or the page (stopped), or because the person stopped the bot (blocked) */
            off: {
                at: string;
                /** @enum {string} */
                reason: "stopped" | "blocked";
            } | null;
            /** @description from 22:00 to 08:00 in Tashkent nothing but errors */
            quiet: boolean;
            /** @description null: no chat with the bot is bound */
            telegramId: string | null;
        };
        Order: {
            /** @description Fields that imports filled or changed, each with its last change; of the file or upload of the filter where it names one */
            changes: components["schemas"]["FieldChange"][];
            decision: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            } | null;
            /** @description UZS that are out: VendHub less machine, proof less price; null where nothing is */
            difference: string | null;
            /** @description what of it the search text `q` met; empty without one */
            found: ("order_number" | "receipt_number" | "payment_id" | "rrn" | "card" | "phone" | "amount" | "time" | "machine" | "goods")[];
            goodsName: string | null;
            id: string;
            issues: ("delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch")[];
            /** @enum {string|null} */
            lastChange: "new" | "updated" | "filled" | null;
            legs: {
                /** @description The first record of a source; the others hang on it */
                click?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                fiscal_bills?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                happy_workers?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                payme?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                uzum?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
                /** @description The first record of a source; the others hang on it */
                vendhub?: {
                    /** Format: uuid */
                    fileId: string;
                    key: string;
                    more?: components["schemas"]["LegRecord"][];
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                } | null;
            };
            machineCode: string | null;
            machineName: string | null;
            orderNumber: string | null;
            /** @enum {string} */
            paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
            pending: boolean;
            price: string;
            /**
             * @description what keeps it out of revenue, as `sale=` finds it
             * @enum {string|null}
             */
            sale: "unpaid" | "refunded" | null;
            settled: boolean;
            /** @enum {string} */
            status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
            /** Format: date-time */
            time: string;
            version: number;
            /** @description the plainest trouble in one phrase; null where there is none */
            why: {
                code: string;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
        };
        OrderChange: {
            /** @enum {string} */
            cause: "file" | "recompute" | "manual" | "undo";
            /** Format: date-time */
            changedAt: string;
            changedBy: string | null;
            changedByName: string | null;
            /** @enum {string} */
            changeType: "filled" | "changed" | "status" | "link" | "unlink" | "decision";
            /** @description what was decided, of lines about decisions; it stays after the decision was taken back */
            decision: {
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                /** @description the line tells that it was taken back */
                withdrawn: boolean;
            } | null;
            field: string;
            /** Format: uuid */
            fileId: string | null;
            fileName: string | null;
            id: string;
            newValue: string | null;
            oldValue: string | null;
            recordId: string | null;
            row: number | null;
            sheet: string | null;
            /** @enum {string|null} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
            /** @description why the import was undone, where the line tells of that */
            undoReason: string | null;
            version: number | null;
        };
        OrderDetail: {
            decision: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            } | null;
            decisions: {
                /** Format: date-time */
                createdAt: string;
                createdBy: string;
                createdByName: string | null;
                id: string;
                /** @enum {string} */
                kind: "link" | "unlink" | "accept";
                note: string;
                recordId: string | null;
                /** @enum {string} */
                resolution: "valid" | "duplicate" | "test" | "refund" | "system_error" | "timing" | "other";
                stale: boolean;
            }[];
            goodsName: string | null;
            id: string;
            issues: ("delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch")[];
            /** @enum {string|null} */
            lastChange: "new" | "updated" | "filled" | null;
            legs: {
                click: {
                    amount: string | null;
                    billingId: string | null;
                    cardNumber: string | null;
                    cashbox: string | null;
                    clickTransId: string | null;
                    clientInfo: string | null;
                    commission: string | null;
                    errorCode: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    key: string;
                    merchantId: string | null;
                    merchantOrderId: string | null;
                    more?: {
                        amount: string | null;
                        billingId: string | null;
                        cardNumber: string | null;
                        cashbox: string | null;
                        clickTransId: string | null;
                        clientInfo: string | null;
                        commission: string | null;
                        errorCode: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        key: string;
                        merchantId: string | null;
                        merchantOrderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        paymentStatus: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        serviceId: string | null;
                        serviceName: string | null;
                        sheet: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                    }[];
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    paymentStatus: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    serviceId: string | null;
                    serviceName: string | null;
                    sheet: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                } | null;
                fiscal_bills: {
                    amount: string | null;
                    cardAmount: string | null;
                    cashAmount: string | null;
                    cashier: string | null;
                    cashRegisterId: string | null;
                    customer: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    fiscalCheckNumber: string | null;
                    fiscalModule: string | null;
                    /** Format: date-time */
                    fiscalTime: string | null;
                    key: string;
                    more?: {
                        amount: string | null;
                        cardAmount: string | null;
                        cashAmount: string | null;
                        cashier: string | null;
                        cashRegisterId: string | null;
                        customer: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        fiscalCheckNumber: string | null;
                        fiscalModule: string | null;
                        /** Format: date-time */
                        fiscalTime: string | null;
                        key: string;
                        operationType: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        recipeNumber: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        shiftNumber: string | null;
                        taxpayerId: string | null;
                        tradePoint: string | null;
                    }[];
                    operationType: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    recipeNumber: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    shiftNumber: string | null;
                    taxpayerId: string | null;
                    tradePoint: string | null;
                } | null;
                happy_workers: {
                    address: string | null;
                    /** Format: date-time */
                    brewingTime: string | null;
                    brewStatus: string | null;
                    /** Format: date-time */
                    creationTime: string | null;
                    cupType: number | null;
                    /** Format: date-time */
                    deliveryTime: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    goodsName: string | null;
                    key: string;
                    machineCode: string | null;
                    more?: {
                        address: string | null;
                        /** Format: date-time */
                        brewingTime: string | null;
                        brewStatus: string | null;
                        /** Format: date-time */
                        creationTime: string | null;
                        cupType: number | null;
                        /** Format: date-time */
                        deliveryTime: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        goodsName: string | null;
                        key: string;
                        machineCode: string | null;
                        operatorCode: string | null;
                        orderNumber: string | null;
                        orderPrice: string | null;
                        orderResource: string | null;
                        orderType: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        payCard: string | null;
                        /** Format: date-time */
                        payingTime: string | null;
                        paymentStatus: string | null;
                        reason: string | null;
                        recordId: string;
                        /** Format: date-time */
                        refundTime: string | null;
                        remark: string | null;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        tasteName: string | null;
                    }[];
                    operatorCode: string | null;
                    orderNumber: string | null;
                    orderPrice: string | null;
                    orderResource: string | null;
                    orderType: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    payCard: string | null;
                    /** Format: date-time */
                    payingTime: string | null;
                    paymentStatus: string | null;
                    reason: string | null;
                    recordId: string;
                    /** Format: date-time */
                    refundTime: string | null;
                    remark: string | null;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    tasteName: string | null;
                } | null;
                payme: {
                    amount: string | null;
                    bankReceiptDate: string | null;
                    /** Format: date-time */
                    bankTime: string | null;
                    /** Format: date-time */
                    cancelTime: string | null;
                    cardNumber: string | null;
                    cashboxIdentifier: string | null;
                    cashboxName: string | null;
                    cashRegisterId: string | null;
                    commission: string | null;
                    externalId: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    fiscalReceiptId: string | null;
                    fiscalSign: string | null;
                    key: string;
                    merchantId: string | null;
                    merchantOrderId: string | null;
                    more?: {
                        amount: string | null;
                        bankReceiptDate: string | null;
                        /** Format: date-time */
                        bankTime: string | null;
                        /** Format: date-time */
                        cancelTime: string | null;
                        cardNumber: string | null;
                        cashboxIdentifier: string | null;
                        cashboxName: string | null;
                        cashRegisterId: string | null;
                        commission: string | null;
                        externalId: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        fiscalReceiptId: string | null;
                        fiscalSign: string | null;
                        key: string;
                        merchantId: string | null;
                        merchantOrderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        paymentDescription: string | null;
                        paymentState: string | null;
                        phoneNumber: string | null;
                        processingName: string | null;
                        /** Format: date-time */
                        processingTime: string | null;
                        providerName: string | null;
                        providerPaymentId: string | null;
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        rrn: string | null;
                        sheet: string | null;
                        state: string | null;
                        terminalId: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                        username: string | null;
                    }[];
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    paymentDescription: string | null;
                    paymentState: string | null;
                    phoneNumber: string | null;
                    processingName: string | null;
                    /** Format: date-time */
                    processingTime: string | null;
                    providerName: string | null;
                    providerPaymentId: string | null;
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    rrn: string | null;
                    sheet: string | null;
                    state: string | null;
                    terminalId: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                    username: string | null;
                } | null;
                uzum: {
                    amount: string | null;
                    cardNumber: string | null;
                    cardType: string | null;
                    cashbackAmount: string | null;
                    commission: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    key: string;
                    merchantId: string | null;
                    more?: {
                        amount: string | null;
                        cardNumber: string | null;
                        cardType: string | null;
                        cashbackAmount: string | null;
                        commission: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        key: string;
                        merchantId: string | null;
                        orderId: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        recordId: string;
                        /** @description as the user's own program shows it */
                        row: number;
                        serviceName: string | null;
                        sheet: string | null;
                        shopId: string | null;
                        status: string | null;
                        transactionId: string | null;
                        /** Format: date-time */
                        transactionTime: string | null;
                        username: string | null;
                    }[];
                    orderId: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    recordId: string;
                    /** @description as the user's own program shows it */
                    row: number;
                    serviceName: string | null;
                    sheet: string | null;
                    shopId: string | null;
                    status: string | null;
                    transactionId: string | null;
                    /** Format: date-time */
                    transactionTime: string | null;
                    username: string | null;
                } | null;
                vendhub: {
                    barcode: string | null;
                    bonusAmount: string | null;
                    /** Format: date-time */
                    eventTime: string | null;
                    /** @description cells of columns that have no canonical field */
                    extra: {
                        [key: string]: string;
                    } | null;
                    /** Format: uuid */
                    fileId: string;
                    fileName: string;
                    goodsId: string | null;
                    goodsName: string | null;
                    ikpu: string | null;
                    key: string;
                    machineCategory: string | null;
                    machineCode: string | null;
                    marking: string | null;
                    more?: {
                        barcode: string | null;
                        bonusAmount: string | null;
                        /** Format: date-time */
                        eventTime: string | null;
                        /** @description cells of columns that have no canonical field */
                        extra: {
                            [key: string]: string;
                        } | null;
                        /** Format: uuid */
                        fileId: string;
                        fileName: string;
                        goodsId: string | null;
                        goodsName: string | null;
                        ikpu: string | null;
                        key: string;
                        machineCategory: string | null;
                        machineCode: string | null;
                        marking: string | null;
                        orderNumber: string | null;
                        orderPrice: string | null;
                        orderResource: string | null;
                        /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                        origins: {
                            [key: string]: components["schemas"]["ValueOrigin"];
                        };
                        packaging: string | null;
                        paymentType: string | null;
                        recordId: string;
                        reportId: string | null;
                        /** @description as the user's own program shows it */
                        row: number;
                        sheet: string | null;
                        username: string | null;
                    }[];
                    orderNumber: string | null;
                    orderPrice: string | null;
                    orderResource: string | null;
                    /** @description fields whose value came with another row than the record did, by name; all others come from fileId, sheet, row */
                    origins: {
                        [key: string]: components["schemas"]["ValueOrigin"];
                    };
                    packaging: string | null;
                    paymentType: string | null;
                    recordId: string;
                    reportId: string | null;
                    /** @description as the user's own program shows it */
                    row: number;
                    sheet: string | null;
                    username: string | null;
                } | null;
            };
            machineCode: string | null;
            machineName: string | null;
            /** @description number of agreeing sources */
            matchScore: number;
            orderNumber: string | null;
            ownerCode: string | null;
            /** @enum {string} */
            paymentType: "cash" | "card" | "qr" | "payme" | "click" | "uzum" | "vip" | "test" | "unknown";
            pending: boolean;
            price: string;
            /**
             * @description what keeps it out of revenue, as `sale=` finds it
             * @enum {string|null}
             */
            sale: "unpaid" | "refunded" | null;
            settled: boolean;
            /** @enum {string} */
            status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
            /** Format: date-time */
            time: string;
            version: number;
            why: {
                candidates: components["schemas"]["NearRecord"][];
                coverage: components["schemas"]["UsedCoverage"][];
                differences: components["schemas"]["CodedText"][];
                figures: {
                    price: string;
                    priceDelta: string | null;
                    proofs: {
                        amount: string;
                        /** @description amount less the order's price, UZS */
                        amountDelta: string;
                        card: string | null;
                        cash: string | null;
                        key: string;
                        /** @description how it came to the order: assigned, decision, gateway_wrong, other_column, excess, return */
                        linkRule: string;
                        recordId: string;
                        /** @enum {string} */
                        source: "fiscal_bills" | "payme" | "click" | "uzum";
                        /** @description sale, return, success, cancelled, ... */
                        state: string | null;
                        /** @description time less the order's, seconds */
                        timeDeltaS: number;
                    }[];
                    timeDeltaS: number | null;
                };
                issues: components["schemas"]["CodedText"][];
                message: string;
                nearMisses: components["schemas"]["NearRecord"][];
                /** @description line of the decision table */
                rule: string;
                windows: {
                    amountTolerance: string;
                    fiscalS: number;
                    gatewayS: number;
                    hwVendhubS: number;
                };
            };
        };
        OrderTotals: {
            count: number;
            sum: string;
        };
        QueueState: {
            inProcess: {
                active: number;
                waiting: number;
            };
            /** @enum {string} */
            mode: "queue" | "in-process";
            oldestWaitingS: number;
            processing: number;
            queues: {
                counts: {
                    [key: string]: number;
                } | null;
                name: string;
            }[];
            redis: {
                openedCount: number;
                reason: string | null;
                since: string;
                /** @enum {string} */
                status: "up" | "down";
            };
            waiting: number;
            workers: number;
        };
        RawRow: {
            cells: (string | number | null)[];
            /** Format: uuid */
            fileId: string;
            fileName: string;
            header: (string | null)[];
            recordId: string;
            row: number;
            sheet: string | null;
        };
        Readiness: {
            checks: {
                clock: {
                    aheadS: number | null;
                    /** @enum {string} */
                    status: "ok" | "off" | "unknown";
                };
                migrations: {
                    pending?: string[];
                    /** @enum {string} */
                    status: "ok" | "pending" | "unknown";
                };
                postgres: {
                    /** @enum {string} */
                    status: "ok" | "down";
                };
                redis: {
                    reason: string | null;
                    since: string;
                    /** @enum {string} */
                    status: "ok" | "down";
                };
                storage: {
                    reason: string | null;
                    since: string;
                    /** @enum {string} */
                    status: "ok" | "down" | "unknown";
                };
            };
            service: string;
            /** @enum {string} */
            status: "ready" | "degraded" | "unavailable" | "draining";
            version: string;
        };
        ReconciliationRun: {
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string | null;
            error: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /**
             * Format: date-time
             * @description inclusive; null: from the first order
             */
            from: string | null;
            /** Format: uuid */
            id: string;
            ordersChanged: number | null;
            ordersEvaluated: number | null;
            /** @enum {string} */
            reason: "manual" | "schedule" | "settings";
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed";
            /**
             * Format: date-time
             * @description exclusive; null: to the last
             */
            to: string | null;
        };
        RowError: {
            code: string;
            column: string | null;
            field: string | null;
            message: string;
            params: {
                [key: string]: string | number;
            };
            row: number;
            /**
             * @description warning: the row was loaded without this value
             * @enum {string}
             */
            severity: "error" | "warning";
            sheet: string | null;
            value: string | null;
        };
        RowTotals: {
            new: number;
            read: number;
            rejected: number;
            skipped: number;
            unchanged: number;
            updated: number;
        };
        Session: {
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            createdByName: string | null;
            /**
             * @description by which way it came in
             * @enum {string}
             */
            door: "page" | "api" | "cli" | "telegram" | "folder" | "mail";
            files: components["schemas"]["File"][];
            /** Format: uuid */
            id: string;
            /**
             * @description where it ran; null: nowhere yet
             * @enum {string|null}
             */
            mode: "queue" | "in-process" | null;
            processedFiles: number;
            /** @description 1 only after the commit */
            progress: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "completed_with_errors" | "failed" | "cancelled";
            totalFiles: number;
            totals: components["schemas"]["RowTotals"];
        };
        SignedIn: {
            accessToken: string;
            expiresIn: number;
            user: components["schemas"]["User"];
        };
        Summary: {
            byDay: {
                count: number;
                /** Format: date */
                day: string;
                pending: components["schemas"]["CountAndSum"];
                /** @description pending ones are counted apart */
                problems: number;
                sum: string;
            }[];
            byIssue: {
                count: number;
                /** @enum {string} */
                issue: "delivery_failed_but_paid" | "refund_not_executed" | "duplicate_receipt" | "duplicate_payment" | "excess_receipt" | "excess_payment" | "fiscal_amount_diff" | "gateway_wrong" | "payment_type_conflict" | "payment_type_unknown" | "code_disagrees_with_number" | "times_disagree" | "number_conflict" | "ambiguous_match" | "vendhub_only" | "hw_only" | "price_mismatch" | "time_out_of_range" | "fiscal_mismatch" | "gateway_mismatch";
                sum: string;
            }[];
            byMachine: {
                count: number;
                machineCode: string | null;
                machineName: string | null;
                pending: components["schemas"]["CountAndSum"];
                problems: number;
                sum: string;
            }[];
            /** @description orders that have a leg of the source */
            bySource: {
                count: number;
                /** @enum {string} */
                source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                sum: string;
            }[];
            byStatus: {
                count: number;
                pending: components["schemas"]["CountAndSum"];
                /** @enum {string} */
                status: "unmatched" | "hw_only" | "vendhub_only" | "payme_only" | "click_only" | "uzum_only" | "fiscal_only" | "void" | "matched" | "fully_matched" | "fiscal_mismatch" | "gateway_mismatch" | "price_mismatch" | "time_out_of_range" | "ambiguous_match" | "number_conflict";
                sum: string;
            }[];
            coverage: {
                days: {
                    /** Format: date */
                    day: string;
                    rows: number;
                }[];
                /** @description covered days without a single row, on which others saw sales: is the report complete? */
                emptyDays: string[];
                ranges: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                }[];
                /** @enum {string} */
                source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            }[];
            /** Format: date-time */
            from: string | null;
            histograms: components["schemas"]["Histogram"][];
            pending: components["schemas"]["CountAndSum"];
            settled: components["schemas"]["CountAndSum"];
            /** Format: date-time */
            to: string | null;
            total: components["schemas"]["CountAndSum"];
        };
        TelegramBinding: {
            expiresAt: string;
            /** @description opens the bot, which binds the chat; good once */
            url: string;
        };
        Undo: {
            blockedBy: {
                code: string;
                hint: string | null;
                message: string;
                params: {
                    [key: string]: string | number;
                };
            } | null;
            /** Format: date-time */
            completedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            dryRun: boolean;
            /** @description in the order in which they are taken back */
            fileIds: string[];
            /** Format: uuid */
            id: string;
            progress: number;
            reason: string | null;
            receipt: {
                coverage: {
                    /** Format: date-time */
                    from: string;
                    /** @description no other file covers it */
                    lost: boolean;
                    /** @enum {string} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                    /** Format: date-time */
                    to: string;
                }[];
                decisions: {
                    stale: number;
                };
                fields: {
                    kept: number;
                    restored: number;
                };
                files: {
                    coverage: {
                        /** Format: date-time */
                        from: string;
                        /** @description no other file covers it */
                        lost: boolean;
                        /** @enum {string} */
                        source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
                        /** Format: date-time */
                        to: string;
                    }[];
                    decisions: {
                        stale: number;
                    };
                    fields: {
                        kept: number;
                        restored: number;
                    };
                    /** Format: uuid */
                    id: string;
                    issues: {
                        cleared: number;
                        code: string;
                        raised: number;
                    }[];
                    name: string;
                    orders: {
                        changed: number;
                        removed: number;
                    };
                    rows: {
                        /** @description others say the same */
                        kept: number;
                        /** @description nobody else holds them */
                        removed: number;
                        /** @description values of other files came back */
                        restored: number;
                    };
                    /** @enum {string|null} */
                    source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum" | null;
                    statuses: {
                        count: number;
                        from: string;
                        /** @description UZS */
                        sum: string;
                        /** @description null: the order is gone */
                        to: string | null;
                    }[];
                }[];
                issues: {
                    cleared: number;
                    code: string;
                    raised: number;
                }[];
                orders: {
                    changed: number;
                    removed: number;
                };
                rows: {
                    /** @description others say the same */
                    kept: number;
                    /** @description nobody else holds them */
                    removed: number;
                    /** @description values of other files came back */
                    restored: number;
                };
                statuses: {
                    count: number;
                    from: string;
                    /** @description UZS */
                    sum: string;
                    /** @description null: the order is gone */
                    to: string | null;
                }[];
            } | null;
            /** @enum {string} */
            status: "queued" | "processing" | "completed" | "failed" | "blocked";
        };
        UsedCoverage: {
            covered: boolean;
            /** @description not one row of the source on this day */
            emptyDay: boolean;
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            source: "happy_workers" | "vendhub" | "fiscal_bills" | "payme" | "click" | "uzum";
            /** Format: date-time */
            to: string;
        };
        User: {
            approvedAt: string | null;
            approvedBy: string | null;
            createdAt: string;
            email: string | null;
            firstName: string | null;
            id: string;
            /** @description until when a link to choose a password is good */
            invitedUntil: string | null;
            lastActiveAt: string | null;
            lastName: string | null;
            name: string | null;
            /** @enum {string} */
            role: "viewer" | "operator" | "finance" | "admin";
            /** @enum {string} */
            status: "pending" | "approved" | "blocked";
            telegramId: string | null;
            username: string | null;
        };
        /** @description The row of a file that gave a value */
        ValueOrigin: {
            /** Format: uuid */
            fileId: string;
            fileName: string;
            row: number;
            sheet: string | null;
        };
        WebhookTaken: {
            ok: boolean;
        };
    };
    responses: {
        /** @description The request is not valid */
        Fault400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Not signed in, or the sign-in was revoked */
        Fault401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description The role does not allow it */
        Fault403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Not there */
        Fault404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description Too many requests; see Retry-After */
        Fault429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
        /** @description A store is away; see Retry-After */
        Fault503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Fault"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
